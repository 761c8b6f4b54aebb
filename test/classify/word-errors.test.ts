import { describe, expect, it } from 'vitest';
import { toVocabulary, withWordErrors } from '../../src/classify/word-errors.js';

const text = Array.from({ length: 2000 }, (_, i) => `${'abcdefghij'[i % 10]}word${i}`).join(' ');
const vocabulary = toVocabulary([text]);

describe('withWordErrors', () => {
  it.each([0, 0.1, 0.2])('mishears about a share of %d of the words', rate => {
    const said = new Set(text.split(' '));
    const heard = withWordErrors(text, rate, vocabulary, 'call/1').split(' ');
    const once = new Set(heard);
    const lost = [...said].filter(word => !once.has(word)).length;
    const twice = heard.filter((word, i) => word === heard[i - 1]).length;
    expect((lost + twice) / said.size).toBeGreaterThanOrEqual(rate * 0.7);
    expect((lost + twice) / said.size).toBeLessThanOrEqual(rate * 1.1);
  });

  it('makes the same mistakes each time, and others for another seed', () => {
    const hear = (seed: string): string => withWordErrors(text, 0.1, vocabulary, seed);
    expect(hear('a')).toBe(hear('a'));
    expect(hear('a')).not.toBe(hear('b'));
  });

  it('never leaves a text empty, and knows words that stand nowhere else', () => {
    for (let i = 0; i < 50; i++) expect(withWordErrors('Zebra.', 1, vocabulary, `${i}`)).not.toBe('');
  });
});
