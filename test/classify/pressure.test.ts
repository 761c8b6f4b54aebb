import { describe, expect, it } from 'vitest';
import { type Judgement, OUTPUTS } from '../../src/classify/classifier.js';
import { boundPressure } from '../../src/classify/pressure.js';
import type { EventName, Label } from '../../src/types.js';

/** A line that surely is pushback, and has the given log-odds for other names. */
const pushback = (other: Partial<Record<Label | EventName, number>> = {}): Judgement => ({
  logOdds: OUTPUTS.map(name => (name === 'refusal-pushback' ? 3 : (other[name] ?? -4))),
  weigh: () => [],
});
const boundsOf = (lines: Judgement[]): (number | undefined)[] =>
  boundPressure(lines).map(({ logOdds }) => logOdds[OUTPUTS.indexOf('refusal-pushback')]);

describe('boundPressure', () => {
  it('lets pressure be as sure as the surest demand in the eight lines before it', () => {
    const lines = Array.from({ length: 14 }, (_, i) => pushback(i === 3 ? { 'free-work': 1 } : {}));
    expect(boundsOf(lines)).toEqual([...[3, 3, 3, 3], ...Array(8).fill(1), -4, -4]);
  });

  it('takes a refusal, and a demand in the line itself, for a reason', () => {
    const lines = Array.from({ length: 6 }, (_, i) => pushback(i === 5 ? { surveillance: 9 } : {}));
    expect(boundsOf(lines).slice(4)).toEqual([-4, 3]);
    expect(boundsOf([...Array(5).fill(pushback()), pushback({ 'consent-refused': 2 })])[5]).toBe(2);
  });

  it('leaves everything else as it is', () => {
    const [line] = boundPressure(Array(6).fill(pushback({ 'recording-request': -1 }))).slice(5);
    expect(line?.logOdds[0]).toBe(-1);
  });
});
