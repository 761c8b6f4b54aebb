import { setTimeout } from 'node:timers/promises';
import { interrupted, type OffRecordError } from '../errors.js';

/** Trouble that may pass: worth another try, and this error when it does not. */
export class Passing extends Error {
  /** @param waitMs as the server asked; null for what the number of tries says */
  constructor(
    readonly lasting: OffRecordError,
    readonly waitMs: number | null = null,
  ) {
    super(lasting.message);
  }
}

export const MOST_TRIES = 5;

interface Work {
  attempt(): Promise<void>;
  /** Grows while an attempt gets on: then the tries are counted anew. */
  progress(): number;
  /** The pause after the first failure; it doubles with each. */
  pauseMs: number;
  signal: AbortSignal | undefined;
}

/** Tries again while the trouble may pass, with longer and longer pauses. */
export async function persist({ attempt, progress, pauseMs, signal }: Work): Promise<void> {
  for (let failures = 0; ; ) {
    const before = progress();
    try {
      return await attempt();
    } catch (error) {
      if (signal?.aborted) throw interrupted();
      if (!(error instanceof Passing)) throw error;
      failures = progress() > before ? 1 : failures + 1;
      if (failures >= MOST_TRIES) throw error.lasting;
      await pause(error.waitMs ?? pauseMs * 2 ** (failures - 1), signal);
    }
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => {
    throw interrupted();
  });
}
