import type { Progress } from './types.js';

/** Tells how far a stage is and how long it will still take, from its own pace so far. */
export class Pace {
  readonly #started = performance.now();

  /**
   * @param total work of the stage, in its own unit
   * @param skipped work that was done before and costs no time
   */
  constructor(
    private readonly stage: Progress['stage'],
    private readonly total: number,
    private readonly onProgress: ((progress: Progress) => void) | undefined,
    private readonly skipped = 0,
  ) {}

  /** Reports that `done` of the total is done, the skipped part included. */
  reach(done: number): void {
    const elapsed = (performance.now() - this.#started) / 1000;
    const worked = done - this.skipped;
    const eta = worked > 0 && this.total > 0 ? (elapsed / worked) * Math.max(0, this.total - done) : null;
    this.onProgress?.({ stage: this.stage, done: Math.min(done, this.total), total: this.total, eta });
  }
}
