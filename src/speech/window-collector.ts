import type { Window } from '../types.js';

/** Cuts the samples of windows out of a stream, holding no more than the windows under way. */
export class WindowCollector {
  #at = 0;
  #waiting: Slot[];

  constructor(windows: Window[], sampleRate: number) {
    const sample = (seconds: number): number => Math.round(seconds * sampleRate);
    this.#waiting = windows
      .map(window => ({ window, from: sample(window.start), to: sample(window.end), samples: null }))
      .sort((a, b) => a.from - b.from);
  }

  /** Whether every window was handed out. */
  get done(): boolean {
    return this.#waiting.length === 0;
  }

  /** Takes the next block of every channel; returns the windows that are complete now, earliest end first. */
  push(channels: Float32Array[]): CollectedWindow[] {
    const blockEnd = this.#at + (channels[0]?.length ?? 0);
    for (const slot of this.#waiting) {
      if (slot.from >= blockEnd) break;
      this.#fill(slot, channels[slot.window.channel] ?? new Float32Array(0));
    }
    this.#at = blockEnd;
    return this.#take(slot => slot.to <= blockEnd);
  }

  /** What is left when the stream ended, a little early perhaps: filled up with silence. */
  finish(): CollectedWindow[] {
    return this.#take(() => true);
  }

  #fill(slot: Slot, block: Float32Array): void {
    slot.samples ??= new Float32Array(slot.to - slot.from);
    const from = Math.max(0, slot.from - this.#at);
    const part = block.subarray(from, Math.max(from, slot.to - this.#at));
    slot.samples.set(part, Math.max(0, this.#at - slot.from));
  }

  #take(complete: (slot: Slot) => boolean): CollectedWindow[] {
    const ready = this.#waiting.filter(complete).sort((a, b) => a.to - b.to);
    this.#waiting = this.#waiting.filter(slot => !complete(slot));
    return ready.map(({ window, from, to, samples }) => ({ window, samples: samples ?? new Float32Array(to - from) }));
  }
}

/** A window with its samples. */
export interface CollectedWindow {
  window: Window;
  samples: Float32Array;
}

interface Slot {
  window: Window;
  from: number;
  to: number;
  samples: Float32Array | null;
}
