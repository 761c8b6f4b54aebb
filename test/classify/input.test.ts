import { describe, expect, it } from 'vitest';
import { toTextPair, truncatePair } from '../../src/classify/input.js';

const line = (speaker: 'interviewer' | 'candidate', text: string) => ({ speaker, text });

describe('toTextPair', () => {
  it('puts the nearest context first', () => {
    const context = [line('interviewer', 'far'), line('interviewer', 'first'), line('candidate', 'second')];
    expect(toTextPair(line('interviewer', 'May we  record?'), context)).toEqual({
      text: 'interviewer: May we record?',
      pair: 'candidate: second | interviewer: first',
    });
  });

  it('keeps the first 70 words of the line and the last 32 and 24 of the context', () => {
    const many = Array.from({ length: 100 }, (_, i) => `w${i}`).join(' ');
    const { text, pair } = toTextPair(line('candidate', many), [line('interviewer', many), line('candidate', many)]);
    expect(text.split(' ')).toHaveLength(1 + 70);
    expect(pair.split(' | ').map(part => part.split(' ').slice(0, 2))).toEqual([
      ['candidate:', 'w68'],
      ['interviewer:', 'w76'],
    ]);
  });

  it('has an empty second text without context', () => {
    expect(toTextPair(line('candidate', 'Hello.'), []).pair).toBe('');
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
    const numbers = (length: number): number[] => Array.from({ length }, (__, i) => i);
    const cut = truncatePair(numbers(own), numbers(context));
    expect([cut.own.length, cut.context.length]).toEqual([keptOwn, keptContext]);
    expect(cut.own).toEqual(numbers(keptOwn));
  });
});
