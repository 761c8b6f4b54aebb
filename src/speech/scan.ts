import type { Window } from '../types.js';
import { holdsSides, mixedActivity, withoutLeak } from './layout.js';
import { findSegments } from './segments.js';
import { type Activity, FRAME_SAMPLES, SpeechScanner, type Vad } from './vad.js';
import { packWindows, type WindowOptions } from './windows.js';

/** What a recording holds: its length, whether two channels hold one speaker each, and the windows with speech in them. */
export interface Scan {
  seconds: number;
  sides: boolean;
  windows: Window[];
}

/** Listens to the one or two channels of a recording, block by block. */
export class RecordingScanner {
  #scanners: SpeechScanner[] = [];
  #samples = 0;

  constructor(
    private readonly vad: Vad,
    private readonly sampleRate: number,
  ) {}

  /**
   * @param channels the next samples of each channel
   * @param alike whether both channels carry the same samples: then one is enough to listen to
   */
  async push(channels: Float32Array[], alike: boolean): Promise<void> {
    this.#samples += channels[0]?.length ?? 0;
    this.#scanners[0] ??= new SpeechScanner(this.vad, this.sampleRate);
    if (channels.length > 1 && !alike) this.#scanners[1] ??= this.#scanners[0].clone();
    for (const [i, scanner] of this.#scanners.entries()) await scanner.push(channels[i] ?? new Float32Array(0));
  }

  /** Ends the recording and cuts it into windows. */
  async finish(options: WindowOptions): Promise<Scan> {
    const activities: Activity[] = [];
    for (const scanner of this.#scanners) activities.push(await scanner.finish());
    const [first, second] = activities;
    const sides = first !== undefined && second !== undefined && holdsSides(first, second);
    const seconds = this.#samples / this.sampleRate;
    const frame = FRAME_SAMPLES / this.sampleRate;
    const windows = toChannels(activities, sides).flatMap(({ probabilities }, channel) =>
      packWindows(findSegments(probabilities, frame, seconds), channel, probabilities, frame, options),
    );
    return { seconds, sides, windows };
  }
}

/** The activity of the channels that will be transcribed: two sides, or one mix. */
function toChannels([first, second]: Activity[], sides: boolean): Activity[] {
  if (!first) return [];
  if (!second) return [first];
  return sides ? [withoutLeak(first, second), withoutLeak(second, first)] : [mixedActivity(first, second)];
}
