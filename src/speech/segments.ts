import type { Segment } from '../types.js';

/** When speech begins and ends. Seconds, probabilities 0 to 1. */
export interface SegmentOptions {
  /** Speech begins at this probability … */
  onset: number;
  /** … and ends when it stays below this one … */
  offset: number;
  /** … for this long. */
  minSilence: number;
  /** Shorter bursts are no speech. */
  minSpeech: number;
  /** Kept before and after, where there is room. */
  padding: number;
}

export const SEGMENT_OPTIONS: SegmentOptions = {
  onset: 0.5,
  offset: 0.35,
  minSilence: 0.2,
  minSpeech: 0.25,
  padding: 0.15,
};

/**
 * Stretches of speech by hysteresis over the probabilities of consecutive frames.
 * @param frameSeconds length of a frame
 * @returns segments in order, not overlapping, inside [0, duration)
 */
export function findSegments(
  probabilities: number[],
  frameSeconds: number,
  duration: number,
  options: SegmentOptions = SEGMENT_OPTIONS,
): Segment[] {
  const frames = (seconds: number): number => Math.round(seconds / frameSeconds);
  const spoken = hysteresis(probabilities, options, frames(options.minSilence));
  const long = spoken.filter(({ start, end }) => end - start >= frames(options.minSpeech));
  const inSeconds = long.map(({ start, end }) => ({ start: start * frameSeconds, end: end * frameSeconds }));
  return pad(inSeconds, options.padding, duration);
}

/** Segments counted in frames. */
function hysteresis(probabilities: number[], options: SegmentOptions, minSilentFrames: number): Segment[] {
  const segments: Segment[] = [];
  let start = -1;
  let lastSpoken = 0;
  const close = (): void => {
    segments.push({ start, end: lastSpoken + 1 });
    start = -1;
  };
  probabilities.forEach((probability, i) => {
    if (start < 0 && probability >= options.onset) start = i;
    if (start < 0) return;
    if (probability >= options.offset) lastSpoken = i;
    else if (i - lastSpoken >= minSilentFrames) close();
  });
  if (start >= 0) close();
  return segments;
}

/** Widens each segment, at most to the middle of the pause beside it. */
function pad(segments: Segment[], padding: number, duration: number): Segment[] {
  return segments
    .map(({ start, end }, i) => {
      const before = segments[i - 1];
      const after = segments[i + 1];
      const earliest = before ? (before.end + start) / 2 : 0;
      const latest = after ? (end + after.start) / 2 : duration;
      return { start: Math.max(earliest, start - padding), end: Math.min(latest, end + padding) };
    })
    .filter(({ start, end }) => end > start);
}
