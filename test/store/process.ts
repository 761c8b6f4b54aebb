import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Place } from './place.js';

const SCRIPT = fileURLToPath(new URL('child.ts', import.meta.url));

/** A running child of the test with what it has said so far. */
export interface Child {
  /** Complete lines after the first, `ready`. */
  lines(): string[];
  errors(): string;
  kill(): Promise<void>;
}

/** Starts `child.ts` with a job and waits until it says that it is ready. */
export async function startChild(job: string, { dir, configDir }: Place): Promise<Child> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, job, dir, configDir]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', chunk => (said.out += chunk));
  child.stderr.on('data', chunk => (said.err += chunk));
  while (!said.out.includes('ready\n')) {
    if (child.exitCode !== null) throw new Error(`the child ended early: ${said.err}`);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
  return {
    lines: () => said.out.split('\n').slice(1, -1),
    errors: () => said.err,
    kill: () => killed(child),
  };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

/** Runs `child.ts` to its end where no file may grow over some KiB, as on a full disk. */
export function runOnFullDisk(
  job: string,
  { dir, configDir }: Place,
  kib: number,
): { lines: string[]; errors: string } {
  const shell = `trap "" XFSZ; ulimit -f ${2 * kib}; exec "$@"`;
  const command = [process.execPath, '--import', 'tsx', SCRIPT, job, dir, configDir];
  const { stdout, stderr } = spawnSync('sh', ['-c', shell, 'sh', ...command], { encoding: 'utf8' });
  return { lines: stdout.split('\n').slice(1, -1), errors: stderr };
}
