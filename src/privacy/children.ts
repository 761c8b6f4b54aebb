import { fileURLToPath } from 'node:url';

const QUESTIONS = ['-version', '-formats', '-encoders'];
const ONLY_FILES = ['-protocol_whitelist', 'file,pipe', '-i'];
const OUTPUT = 'pipe:1';
const VALUE = /^(\w+|0:a:0|aresample=[\w=:]+)$/;
const OPTIONS = ['-ar', '-ac', '-acodec', '-map', '-vn', '-sn', '-dn', '-af', '-f'];

// The compiled file, in tests too.
const OWN_PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const MODEL_NAME = /^[a-z0-9][a-z0-9.-]*$/;
/** What the terminal UI has done in a process of its own. */
const OWN_WORK = ['analyze', 'clip'];

/**
 * Whether a program may be started: FFmpeg, to say what it can do, or to decode one file to its standard output with every
 * protocol but files and pipes forbidden; and this program itself, which loads the guard first, to get a model or to do the
 * work of the terminal UI. No other argument can hold an address.
 */
export function mayStart(file: string, args: string[]): boolean {
  if (file === 'ffmpeg') return mayDecode(args);
  return file === process.execPath && args[0] === OWN_PROGRAM && (isPull(args) || OWN_WORK.includes(args[1] ?? ''));
}

function mayDecode(args: string[]): boolean {
  if (args.length === 1) return QUESTIONS.includes(args[0] ?? '');
  const [source = '', ...rest] = args.slice(ONLY_FILES.length);
  const isKeptToFiles = ONLY_FILES.every((arg, n) => args[n] === arg) && source.startsWith('file:');
  return isKeptToFiles && rest.at(-1) === OUTPUT && rest.slice(0, -1).every(isHarmless);
}

function isPull([, command, pull, name = '', ...more]: string[]): boolean {
  return command === 'models' && pull === 'pull' && MODEL_NAME.test(name) && more.length === 0;
}

function isHarmless(arg: string): boolean {
  return arg.startsWith('-') ? OPTIONS.includes(arg) : VALUE.test(arg);
}
