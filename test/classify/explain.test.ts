import { describe, expect, it } from 'vitest';
import { explain } from '../../src/classify/explain.js';

const text = 'Thanks for coming. Do you “mind” if I record this?  It’s quick, thanks.';
const weightsOf = (weights: Record<string, number>): number[] => text.split(/\s+/).map(word => weights[word] ?? 0);

describe('explain', () => {
  it('points at the sentence whose words weigh most, and names its heaviest words with their places in it', () => {
    const weights = weightsOf({
      'this?': 0.4,
      record: 3.214,
      '“mind”': 1.5,
      Thanks: 2,
      coming: -1,
      'quick,': 0.2,
      if: 0.1,
    });
    const { span, why } = explain(text, weights);
    const quote = text.slice(...span);
    expect(quote).toBe('Do you “mind” if I record this?');
    expect(why.map(({ text: word, weight }) => [word, weight])).toEqual([
      ['record', 3.21],
      ['mind', 1.5],
      ['this', 0.4],
    ]);
    for (const reason of why) expect(quote.slice(...reason.span)).toBe(reason.text);
  });

  it('names at most four words, and none where none weighs enough', () => {
    expect(explain('one two three four five six', [1, 2, 3, 4, 5, 6]).why.map(({ text: word }) => word)).toEqual([
      ...['six', 'five', 'four', 'three'],
    ]);
    expect(explain('one - two', [0.1, 5, -1])).toEqual({ span: [0, 9], why: [] });
  });

  it('takes words that were not read for weightless', () => {
    expect(explain('A first one. A second.', [0, 1]).span).toEqual([0, 12]);
  });
});
