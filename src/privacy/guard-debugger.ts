import { isMainThread } from 'node:worker_threads';
import { refuse } from './refusal.js';

/** Keeps Node’s debugger shut: it listens for connections, and whoever reaches it can read everything. */
export function guardDebugger(): void {
  if (!process.features.inspector) return;
  const inspector = process.getBuiltinModule('node:inspector');
  if (isMainThread && inspector.url() !== undefined) inspector.close();
  for (const target of [inspector, process.getBuiltinModule('node:inspector/promises')])
    Reflect.set(target, 'open', () => refuse('a debugger'));
  // Without a listener of its own, this signal makes Node open the debugger.
  if (isMainThread) process.on('SIGUSR1', () => {});
}
