import type { Segment, Window } from '../types.js';

/** What a Whisper model can take at once, from its entry in the manifest. Seconds. */
export interface WindowOptions {
  /** Longest window; Whisper's own limit is 30. */
  maxSeconds: number;
  /** A longer pause ends the window. */
  maxPause: number;
}

/**
 * Packs the segments of one channel into windows, cut only at pauses; speech longer than a window is cut at its quietest
 * moment. Windows do not overlap and together cover every segment.
 * @param probabilities speech probability a frame, to find the quietest moment
 */
export function packWindows(
  segments: Segment[],
  channel: number,
  probabilities: number[],
  frameSeconds: number,
  options: WindowOptions,
): Window[] {
  const windows: Window[] = [];
  for (const segment of segments.flatMap(s => split(s, probabilities, frameSeconds, options.maxSeconds))) {
    const open = windows.at(-1);
    const joins =
      open && segment.start - open.end <= options.maxPause && segment.end - open.start <= options.maxSeconds;
    if (joins) open.end = segment.end;
    else windows.push({ channel, ...segment });
  }
  return windows;
}

function split(segment: Segment, probabilities: number[], frameSeconds: number, maxSeconds: number): Segment[] {
  const parts: Segment[] = [];
  let { start } = segment;
  while (segment.end - start > maxSeconds) {
    const cut = quietest(start + maxSeconds / 2, start + maxSeconds, probabilities, frameSeconds);
    parts.push({ start, end: cut });
    start = cut;
  }
  return [...parts, { start, end: segment.end }];
}

function quietest(from: number, to: number, probabilities: number[], frameSeconds: number): number {
  let best = Math.floor(to / frameSeconds) - 1;
  for (let i = best; i * frameSeconds > from; i--) {
    if ((probabilities[i] ?? 0) < (probabilities[best] ?? 0)) best = i;
  }
  return (best + 0.5) * frameSeconds;
}
