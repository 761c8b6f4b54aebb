import { describe, expect, it } from 'vitest';
import { findSegments } from '../../src/speech/segments.js';

/** One character a frame of 0.1 s: `#` speech, `~` unsure, `.` silence. */
const probabilities = (frames: string): number[] => [...frames].map(c => (c === '#' ? 0.9 : c === '~' ? 0.4 : 0.1));
const options = { onset: 0.5, offset: 0.35, minSilence: 0.3, minSpeech: 0.3, padding: 0 };
const find = (frames: string, padding = 0): number[][] =>
  findSegments(probabilities(frames), 0.1, frames.length / 10, { ...options, padding }).map(({ start, end }) =>
    [start, end].map(s => Math.round(s * 1000) / 1000),
  );

describe('findSegments', () => {
  it.each([
    ['silence gives none', '..........', []],
    ['speech between silences', '..####....', [[0.2, 0.6]]],
    ['speech to the very end', '....######', [[0.4, 1]]],
    ['a short pause does not end it', '.###..###....', [[0.1, 0.9]]],
    [
      'a long pause does',
      '.###...###...',
      [
        [0.1, 0.4],
        [0.7, 1],
      ],
    ],
    ['unsure frames do not begin it', '.~~~~~....', []],
    ['unsure frames go on with it', '.###~~~~~....', [[0.1, 0.9]]],
    ['a click is no speech', '...#......', []],
  ])('%s', (_, frames, segments) => {
    expect(find(frames)).toEqual(segments);
  });

  it('pads, but not over the middle of a pause nor past the ends', () => {
    expect(find('####....####', 0.15)).toEqual([
      [0, 0.55],
      [0.65, 1.2],
    ]);
    expect(find('####...####', 1)).toEqual([
      [0, 0.55],
      [0.55, 1.1],
    ]);
  });
});
