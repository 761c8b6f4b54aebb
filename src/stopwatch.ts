import type { Timings } from './types.js';

type Stage = 'decode' | 'vad' | 'transcribe' | 'classify';

/** Adds up the seconds of work of each stage. */
export class Stopwatch {
  readonly #started = performance.now();
  readonly #seconds: Record<Stage, number> = { decode: 0, vad: 0, transcribe: 0, classify: 0 };

  /** Runs a piece of work and counts its time. */
  async time<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const before = performance.now();
    try {
      return await work();
    } finally {
      this.#seconds[stage] += (performance.now() - before) / 1000;
    }
  }

  /** The seconds so far; rtf is null where there is no audio. */
  read(audioSeconds: number | null): Timings {
    const total = (performance.now() - this.#started) / 1000;
    const stages = Object.fromEntries(Object.entries(this.#seconds).map(([stage, s]) => [stage, round(s)]));
    const rtf = audioSeconds ? round(total / audioSeconds) : null;
    return { ...(stages as Record<Stage, number>), total: round(total), rtf };
  }
}

/** Wraps a stream so that the waiting for each item is counted as one stage’s time. */
export async function* timeStream<T>(watch: Stopwatch, stage: Stage, stream: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = stream[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await watch.time(stage, () => iterator.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
