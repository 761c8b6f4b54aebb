import { fileURLToPath } from 'node:url';

const QUESTIONS = ['-version', '-formats', '-encoders'];
const ONLY_FILES = ['-protocol_whitelist', 'file,pipe', '-i'];
const OUTPUT = 'pipe:1';
const VALUE = /^(\w+|0:a:0|aresample=[\w=:]+)$/;
const OPTIONS = ['-ar', '-ac', '-acodec', '-map', '-vn', '-sn', '-dn', '-af', '-f'];

const OURSELVES = fileURLToPath(new URL('../cli.js', import.meta.url));
/** What the terminal UI has done in a process of its own. Each of them loads the guard first. */
const OWN_COMMANDS = ['analyze', 'clip'];

/**
 * Whether a program may be started: this one again, for work of the terminal UI; and FFmpeg, to say what it can do, or to decode one file to its standard output with
 * every protocol but files and pipes forbidden. No other argument can hold an address.
 */
export function mayStart(file: string, args: string[]): boolean {
  if (file === process.execPath) return isOurselves(args);
  if (file !== 'ffmpeg') return false;
  if (args.length === 1) return QUESTIONS.includes(args[0] ?? '');
  const [source = '', ...rest] = args.slice(ONLY_FILES.length);
  const isKeptToFiles = ONLY_FILES.every((arg, n) => args[n] === arg) && source.startsWith('file:');
  return isKeptToFiles && rest.at(-1) === OUTPUT && rest.slice(0, -1).every(isHarmless);
}

function isOurselves([script, command = '']: string[]): boolean {
  return script === OURSELVES && OWN_COMMANDS.includes(command);
}

function isHarmless(arg: string): boolean {
  return arg.startsWith('-') ? OPTIONS.includes(arg) : VALUE.test(arg);
}
