import { describe, expect, it } from 'vitest';
import { sentenceSpans } from '../../src/classify/quote.js';

const text = 'Thanks for coming. Do you mind if I record this?  It’s quick.';

describe('sentenceSpans', () => {
  it('finds sentences without the space between them', () => {
    expect(sentenceSpans(text).map(span => text.slice(...span))).toEqual([
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
