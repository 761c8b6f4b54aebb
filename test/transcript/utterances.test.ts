import { describe, expect, test } from 'vitest';
import { countWords } from '../../src/clean-text.js';
import { toUtterances } from '../../src/transcript/utterances.js';
import type { Piece } from '../../src/types.js';

describe('joining', () => {
  const known = { speaker: 'interviewer' } as const;
  test.each<[string, Piece[], string[]]>([
    ['an open sentence goes on', [said(0, 1, 'Do you'), said(1.2, 2, 'mind?')], ['Do you mind?']],
    ['a closed one does not', [said(0, 1, 'Do you?'), said(1.2, 2, 'Good.')], ['Do you?', 'Good.']],
    ['nor one closed in quotes', [said(0, 1, 'He said “no.”'), said(1.2, 2, 'Well')], ['He said “no.”', 'Well']],
    ['unknown: 0.6 s', [said(0, 1, 'Do you'), said(1.6, 2, 'mind?')], ['Do you mind?']],
    ['unknown: more than 0.6 s', [said(0, 1, 'Do you'), said(1.601, 2, 'mind?')], ['Do you', 'mind?']],
    ['unknown: both at once', [said(0, 3, 'Do you'), said(0, 3, 'what')], ['Do you', 'what']],
    ['known: 1 s', [said(0, 1, 'Do you', known), said(2, 3, 'mind?', known)], ['Do you mind?']],
    ['known: more than 1 s', [said(0, 1, 'Do you', known), said(2.1, 3, 'mind?', known)], ['Do you', 'mind?']],
    [
      'unknown, but each on a channel: 1 s',
      [said(0, 1, 'Do you'), said(2, 3, 'mind?'), said(9, 10, 'No.', { channel: 1 })],
      ['Do you mind?', 'No.'],
    ],
    [
      'another channel between',
      [said(0, 1, 'Do you', known), said(1, 1.1, 'Hm', { channel: 1 }), said(1.2, 2, 'mind?', known)],
      ['Do you', 'Hm', 'mind?'],
    ],
    ['another speaker', [said(0, 1, 'Do you', known), said(1, 2, 'No.')], ['Do you', 'No.']],
    ['no times, known', [said(null, null, 'Do you', known), said(null, null, 'mind?', known)], ['Do you mind?']],
    ['no times, unknown', [said(null, null, 'Do you'), said(null, null, 'mind?')], ['Do you', 'mind?']],
    ['one time only', [said(0, 1, 'Do you', known), said(null, null, 'mind?', known)], ['Do you', 'mind?']],
    ['the end unknown', [said(0, null, 'Do you', known), said(0.9, null, 'mind?', known)], ['Do you mind?']],
  ])('%s', (_name, pieces, texts) => {
    expect(toUtterances(pieces).map(({ text }) => text)).toEqual(texts);
  });

  test('stops at sixty words, and at forty without punctuation', () => {
    const parts = (text: string) => Array.from({ length: 14 }, (_, i) => said(i, i + 1, text));
    expect(toUtterances(parts('well, one two three four five')).map(({ text }) => countWords(text))).toEqual([60, 24]);
    expect(toUtterances(parts('well one two three four five')).map(({ text }) => countWords(text))).toEqual([
      36, 36, 12,
    ]);
  });

  test('is as doubtful as its worst part', () => {
    const pieces = [
      said(0, 1, 'Do', { trust: 'heard' }),
      said(1, 2, 'you', { trust: 'doubtful' }),
      said(2, 3, 'mind?'),
    ];
    expect(toUtterances(pieces)).toMatchObject([{ text: 'Do you mind?', trust: 'doubtful', start: 0, end: 3 }]);
  });

  test('mends a sentence cut between two pieces before it counts sentences', () => {
    const pieces = [said(0, 4, 'One is here. Two is there. And three'), said(4, 8, 'is gone. Four is back.')];
    expect(toUtterances(pieces).map(({ text }) => text)).toEqual([
      'One is here. Two is there. And three is gone.',
      'Four is back.',
    ]);
  });
});

describe('splitting', () => {
  test('times go by characters', () => {
    const text = `${'abcd '.repeat(44)}abcd ${'abcd '.repeat(34)}abcd`;
    expect(toUtterances([said(10, 50, text)]).map(({ start, end }) => [start, end])).toEqual([
      [10, 32.556],
      [32.556, 50],
    ]);
  });

  test('without an end the parts have the start that is known', () => {
    const text = 'One is here. Two is there. Three is gone. Four is back.';
    expect(toUtterances([said(10, null, text)]).map(({ start, end }) => [start, end])).toEqual([
      [10, null],
      [10, null],
    ]);
  });

  test('what another says meanwhile comes at its own time', () => {
    const long = said(0, 30, 'word '.repeat(90), { channel: 0 });
    const utterances = toUtterances([long, said(5, 6, 'Hm.', { channel: 1 })]);
    expect(utterances.map(({ start, channel }) => [start, channel])).toEqual([
      [0, 0],
      [5, 1],
      [15.033, 0],
    ]);
  });
});

describe('order and times', () => {
  test('pieces are sorted by start, and one without a start stays where it was given', () => {
    const pieces = [said(5, 6, 'Second.'), said(null, 9, 'Third.'), said(1, 2, 'First.'), said(7, 8, 'Fourth.')];
    expect(toUtterances(pieces).map(({ id, start, end, text }) => [id, start, end, text])).toEqual([
      [0, 1, 2, 'First.'],
      [1, 5, 6, 'Second.'],
      [2, null, null, 'Third.'],
      [3, 7, 8, 'Fourth.'],
    ]);
  });

  test('times that are none', () => {
    const pieces = [
      said(-3, -1, 'One.'),
      said(Number.NaN, 2, 'Two.'),
      said(4, 3.00049, 'Three.'),
      said(4, Infinity, 'Four.'),
    ];
    expect(toUtterances(pieces).map(({ start, end }) => [start, end])).toEqual([
      [0, 0],
      [null, null],
      [4, 4],
      [4, null],
    ]);
  });

  test('empty pieces are dropped', () => {
    expect(toUtterances([said(0, 1, ' \n'), said(1, 2, '\0'), said(2, 3, 'Yes.')])).toMatchObject([
      { id: 0, text: 'Yes.' },
    ]);
    expect(toUtterances([])).toEqual([]);
  });

  test('whatever comes in, words are kept and starts never go back', () => {
    const pieces = randomPieces(3000);
    const utterances = toUtterances(pieces);
    const starts = utterances.flatMap(({ start }) => (start === null ? [] : [start]));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(utterances.every(({ start, end }) => end === null || (start !== null && end >= start))).toBe(true);
    expect(utterances.map(({ id }) => id)).toEqual([...utterances.keys()]);
    expect(Math.max(...utterances.map(({ text }) => countWords(text)))).toBeLessThanOrEqual(60);
    expect(wordsOf(utterances).sort()).toEqual(wordsOf(pieces).sort());
  });
});

function said(start: number | null, end: number | null, text: string, more: Partial<Piece> = {}): Piece {
  return { start, end, channel: 0, speaker: 'unknown', trust: 'given', text, ...more };
}

function wordsOf(pieces: Piece[]): string[] {
  return pieces.flatMap(({ text }) => text.split(' '));
}

function randomPieces(count: number): Piece[] {
  let seed = 42;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  return Array.from({ length: count }, (_, i) => {
    const start = random(9) === 0 ? null : random(50_000) / 7;
    const text = Array.from(
      { length: 1 + random(90) },
      (_, k) => `w${i}-${k}${['', '', '', ',', '.', '?'][random(6)]}`,
    ).join(' ');
    const speaker = (['interviewer', 'candidate', 'unknown'] as const)[random(3)] ?? 'unknown';
    return said(start, start === null ? null : start + random(4000) / 300 - 1, text, { channel: random(2), speaker });
  });
}
