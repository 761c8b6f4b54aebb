import { describe, expect, it } from 'vitest';
import { packWindows } from '../../src/speech/windows.js';

const pack = (segments: number[][], maxSeconds: number, maxPause: number, probabilities: number[] = []): number[][] =>
  packWindows(
    segments.map(([start = 0, end = 0]) => ({ start, end })),
    0,
    probabilities,
    1,
    { maxSeconds, maxPause },
  ).map(({ start, end }) => [start, end]);

describe('packWindows', () => {
  it.each([
    ['nothing', [], []],
    [
      'segments that fit are one window',
      [
        [0, 5],
        [6, 10],
      ],
      [[0, 10]],
    ],
    [
      'a long pause ends a window',
      [
        [0, 5],
        [9, 12],
      ],
      [
        [0, 5],
        [9, 12],
      ],
    ],
    [
      'what does not fit begins a new one',
      [
        [0, 20],
        [21, 35],
      ],
      [
        [0, 20],
        [21, 35],
      ],
    ],
  ])('%s', (_, segments, windows) => {
    expect(pack(segments, 30, 3)).toEqual(windows);
  });

  it('cuts speech longer than a window at its quietest moment, without a gap or an overlap', () => {
    const probabilities = Array.from({ length: 70 }, (_, i) => (i === 24 || i === 47 ? 0.4 : 0.9));
    expect(pack([[0, 70]], 30, 3, probabilities)).toEqual([
      [0, 24.5],
      [24.5, 47.5],
      [47.5, 70],
    ]);
  });

  it('never gives a window longer than the limit, whatever comes', () => {
    let seed = 7;
    const random = (): number => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    for (let round = 0; round < 50; round++) {
      let at = 0;
      const segments = Array.from({ length: 20 }, () => {
        const start = at + random() * 4;
        at = start + random() * 80;
        return [start, at];
      });
      const windows = pack(segments, 30, 3, Array.from({ length: 2000 }, random));
      for (const [start = 0, end = 0] of windows) expect(end - start).toBeLessThanOrEqual(30);
      const covered = windows.reduce((sum, [start = 0, end = 0]) => sum + end - start, 0);
      const spoken = segments.reduce((sum, [start = 0, end = 0]) => sum + end - start, 0);
      expect(covered).toBeGreaterThanOrEqual(spoken - 1e-6);
      for (const [i, [start = 0]] of windows.entries()) expect(start).toBeGreaterThanOrEqual(windows[i - 1]?.[1] ?? 0);
    }
  });
});
