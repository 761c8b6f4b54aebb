import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Place } from './place.js';

/** A running child of the test with what it has said so far. */
export interface Child {
  /** Complete lines after the first, `ready`. */
  lines(): string[];
  errors(): string;
  kill(): Promise<void>;
}

/** Starts `child.ts` with a job and waits until it says that it is ready. */
export async function startChild(job: string, { dir, configDir }: Place): Promise<Child> {
  const script = fileURLToPath(new URL('child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, job, dir, configDir]);
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
