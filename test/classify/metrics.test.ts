import { describe, expect, it } from 'vitest';
import { type Judged, macro, tally } from '../../src/classify/metrics.js';

/** `G` carries the label, `+` was found: `G+` right, `G` missed, `+` false alarm. Scores fall from left to right. */
const judged = (...marks: string[]): Judged[] =>
  marks.map((mark, i) => ({ score: 1 - i / 10, found: mark.includes('+'), gold: mark.includes('G') }));

describe('tally', () => {
  it.each([
    ['all right', ['G+', 'G+', '-'], { precision: 1, recall: 1, f1: 1, averagePrecision: 1 }],
    ['one missed', ['G+', 'G', '-'], { precision: 1, recall: 0.5, f1: 2 / 3, averagePrecision: 1 }],
    ['one false alarm on top', ['+', 'G+'], { precision: 0.5, recall: 1, f1: 2 / 3, averagePrecision: 0.5 }],
    ['nothing to find', ['-', '+'], { precision: 0, recall: 0, f1: 0, averagePrecision: null }],
    ['nothing found', ['-', 'G'], { precision: 0, recall: 0, f1: 0, averagePrecision: 0.5 }],
  ])('%s', (_, marks, rates) => {
    expect(tally(judged(...marks))).toMatchObject(rates);
  });

  it('does not depend on the order of equal scores', () => {
    const same = (gold: boolean): Judged => ({ score: 0.5, found: true, gold });
    expect(tally([same(true), same(false)]).averagePrecision).toBe(0.5);
    expect(tally([same(false), same(true)]).averagePrecision).toBe(0.5);
  });
});

describe('macro', () => {
  it('is the mean over the names that occur', () => {
    expect(macro([tally(judged('G+')), tally(judged('G')), tally(judged('+'))], 'recall')).toBe(0.5);
    expect(macro([], 'f1')).toBe(0);
  });
});
