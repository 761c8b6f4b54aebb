import { writeSync } from 'node:fs';
import type { Progress } from '../types.js';

/** What a process that analyses tells the one that started it, a line of JSON each. No word of a call is in it. */
export type ProgressMessage = { step: Progress } | { saved: string };

const MIN_MS_BETWEEN = 100;

/** The way to whoever started this analysis, by the number of a file descriptor; without one nothing is told. */
export function progressChannel(descriptor: number | undefined): {
  step(step: Progress): void;
  saved(id: string): void;
} {
  let last = 0;
  const tell = (message: ProgressMessage): void => {
    try {
      if (descriptor !== undefined) writeSync(descriptor, `${JSON.stringify(message)}\n`);
    } catch {
      // Nobody listens any more. The analysis goes on: its report will be in the store.
    }
  };
  return {
    step: step => {
      const now = performance.now();
      if (now - last < MIN_MS_BETWEEN) return;
      last = now;
      tell({ step });
    },
    saved: id => tell({ saved: id }),
  };
}
