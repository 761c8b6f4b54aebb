import { describe, expect, it } from 'vitest';
import { findWords, heaviest, leaveOut } from '../../src/classify/explain.js';
import { heaviestSentence, sentenceSpans } from '../../src/classify/quote.js';

const text = 'Thanks for coming. Do you mind if I record this?  It’s quick.';
const cut = (span: [number, number]): string => text.slice(...span);

describe('sentenceSpans', () => {
  it('finds sentences without the space between them', () => {
    expect(sentenceSpans(text).map(cut)).toEqual([
      'Thanks for coming.',
      'Do you mind if I record this?',
      'It’s quick.',
    ]);
  });

  it.each([
    ['no marks at all', 1],
    ['One. Two', 2],
    ['He said “stop.” Then I left.', 2],
    ['', 0],
    ['Version 2.5 is out.', 1],
  ])('%s', (sentences, count) => {
    expect(sentenceSpans(sentences)).toHaveLength(count);
  });
});

describe('why', () => {
  it('points at the sentence whose words weigh most, and names them in order of weight', () => {
    const words = findWords(text);
    const falls = words.map(({ text: word }) => ({ record: 3.21, mind: 1.5, Thanks: 0.2, coming: -1 })[word] ?? 0);
    const span = heaviestSentence(
      text,
      words.map(({ start }, i) => ({ start, weight: falls[i] ?? 0 })),
    );
    expect(cut(span)).toBe('Do you mind if I record this?');
    const why = heaviest(words, falls);
    expect(why.map(({ text: word, weight }) => [word, weight])).toEqual([
      ['record', 3.21],
      ['mind', 1.5],
      ['Thanks', 0.2],
    ]);
    for (const reason of why) expect(cut(reason.span)).toBe(reason.text);
  });

  it('leaves a word out without leaving a gap', () => {
    const [, second] = findWords('may we record');
    expect(second && leaveOut('may we record', second)).toBe('may record');
  });
});
