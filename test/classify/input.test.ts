import { describe, expect, it } from 'vitest';
import { toTextPair, truncatePair } from '../../src/classify/input.js';

const line = (speaker: 'interviewer' | 'candidate', text: string) => ({ speaker, text });
const limits = { utteranceWords: 70, contextWords: [32, 24], tokens: 128 };

describe('toTextPair', () => {
  it('puts the nearest context first, and only as many lines as the encoder was trained with', () => {
    const context = [line('interviewer', 'far'), line('interviewer', 'first'), line('candidate', 'second')];
    const { own, context: earlier } = toTextPair(line('interviewer', 'May we  record?'), context, limits);
    expect(own.join(' ')).toBe('interviewer: May we record?');
    expect(earlier.join(' ')).toBe('candidate: second | interviewer: first');
  });

  it('keeps the first words of the line and the last words of the context', () => {
    const many = Array.from({ length: 100 }, (_, i) => `w${i}`).join(' ');
    const context = [line('interviewer', many), line('candidate', many)];
    const { own, context: earlier } = toTextPair(line('candidate', many), context, limits);
    expect(own).toHaveLength(1 + 70);
    expect([...earlier.slice(0, 2), ...earlier.slice(33, 36)]).toEqual([
      ...['candidate:', 'w68'],
      ...['|', 'interviewer:', 'w76'],
    ]);
  });

  it('has an empty second text without context', () => {
    expect(toTextPair(line('candidate', 'Hello.'), [], limits).context).toEqual([]);
  });
});

describe('truncatePair', () => {
  it.each([
    ['short texts stay', 20, 30, 20, 30],
    ['the longer own text gives way', 110, 40, 85, 40],
    ['the longer context gives way', 40, 110, 40, 85],
    ['two long texts share', 100, 90, 63, 62],
    ['an empty context', 200, 0, 125, 0],
  ])('%s', (_, own, context, keptOwn, keptContext) => {
    expect(truncatePair(own, context, 125)).toEqual({ own: keptOwn, context: keptContext });
  });
});
