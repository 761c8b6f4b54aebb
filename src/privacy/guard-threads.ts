import { fileURLToPath } from 'node:url';
import threads from 'node:worker_threads';

// The compiled file, in tests too: Node 20 loads no TypeScript into a thread.
const GUARD = fileURLToPath(new URL('../../dist/privacy/network-guard.js', import.meta.url));

/** Puts every thread under the guard before the first line of its own code. */
export function guardThreads(): void {
  class GuardedWorker extends threads.Worker {
    constructor(file: string | URL, options: threads.WorkerOptions = {}) {
      super(file, { ...options, execArgv: ['--require', GUARD, ...(options.execArgv ?? [])] });
    }
  }
  Reflect.set(threads, 'Worker', GuardedWorker);
}
