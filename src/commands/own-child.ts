import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { OffRecordError } from '../errors.js';
import { packageDir } from '../paths.js';
import { givenPassphrases } from '../store/store.js';

const CLI = join(packageDir, 'dist', 'cli.js');
/** Descriptors that the child inherits beside the usual three. */
const [PROGRESS, PASSPHRASE] = [3, 4];

/** This program, run again for work that would hold the UI up. */
export interface OwnChild {
  /** What it said on standard error. Fails with its last sentence. */
  done: Promise<string[]>;
  /** As Ctrl-C would: what was heard by then is kept. */
  stop(): void;
}

/**
 * Starts `offrecord` again. What it prints is thrown away.
 * @param onMessage gets each line of JSON that it writes to its progress channel
 */
export function startOwn(command: string, args: string[], onMessage: (message: unknown) => void = () => {}): OwnChild {
  const child = spawn(process.execPath, [CLI, command, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, OFFRECORD_PASSPHRASE_FD: String(PASSPHRASE) },
  });
  givePassphrase(child);
  const channel = child.stdio[PROGRESS] as Readable;
  createInterface({ input: channel }).on('line', line => onMessage(JSON.parse(line)));
  return { done: ending(child), stop: () => child.kill('SIGINT') };
}

/** The arguments that make `analyze` tell its progress to whoever started it. */
export const PROGRESS_ARGS = ['--progress-fd', String(PROGRESS)];

/** Through a pipe: arguments and variables can be read by other programs. */
function givePassphrase(child: ChildProcess): void {
  const pipe = child.stdio[PASSPHRASE] as Writable;
  pipe.on('error', () => {});
  pipe.end(`${givenPassphrases().at(-1) ?? ''}\n`);
}

function ending(child: ChildProcess): Promise<string[]> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      const lines = said.split('\n').filter(line => line.trim() !== '');
      if (code === 0) resolve(lines);
      else reject(new OffRecordError('failed', sentenceOf(lines, code)));
    });
  });
}

function sentenceOf(lines: string[], code: number | null): string {
  const sentence = lines.at(-1)?.replace(/^offrecord: /, '');
  return sentence ?? `It ended without a word (${code === null ? 'killed' : `code ${code}`}).`;
}
