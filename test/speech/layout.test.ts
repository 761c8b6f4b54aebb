import { describe, expect, it } from 'vitest';
import { holdsSides, withoutLeak } from '../../src/speech/layout.js';

const activity = (levels: number[], probabilities = levels.map(level => (level > -50 ? 0.9 : 0.1) as number)) => ({
  levels,
  probabilities,
});
const turns = (own: number, other: number): number[] =>
  Array.from({ length: 100 }, (_, i) => (i % 20 < 10 ? own : other));

describe('holdsSides', () => {
  it.each([
    ['one speaker a side', activity(turns(-20, -80)), activity(turns(-80, -20)), true],
    [
      'one speaker a side, leaking into the other microphone',
      activity(turns(-20, -35)),
      activity(turns(-35, -20)),
      true,
    ],
    ['dual mono', activity(turns(-20, -30)), activity(turns(-20, -30)), false],
    ['a room heard by two microphones', activity(turns(-20, -24)), activity(turns(-23, -20)), false],
    ['a silent right channel', activity(turns(-20, -25)), activity(turns(-120, -120)), false],
    ['silence', activity(turns(-90, -90)), activity(turns(-90, -90)), false],
  ])('%s', (_, left, right, sides) => {
    expect(holdsSides(left, right)).toBe(sides);
  });
});

describe('withoutLeak', () => {
  it('drops frames in which only the other side speaks', () => {
    const own = activity([-20, -40, -20], [0.9, 0.8, 0.9]);
    const other = activity([-80, -20, -22], [0.1, 0.9, 0.9]);
    expect(withoutLeak(own, other).probabilities).toEqual([0.9, 0, 0.9]);
  });
});
