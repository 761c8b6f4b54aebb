import { describe, expect, test } from 'vitest';
import { fitLine, fitText, widthOf, wrapLine, wrapText } from '../../src/tui/cells.js';
import { part, textOf } from '../../src/tui/frame.js';

test.each<[text: string, width: number]>([
  ['abc', 3],
  ['株式会社', 8],
  ['e\u0301te\u0301', 3],
  ['🦓', 2],
  ['👩‍👩‍👧‍👦', 2],
  ['\ufffd', 1],
  ['', 0],
])('%s is %i columns wide', (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test.each<[text: string, width: number, fitted: string]>([
  ['abc', 5, 'abc  '],
  ['abcdef', 4, 'abc…'],
  ['株式会社', 4, '株… '],
  ['株式会社', 5, '株式…'],
  ['abc', 0, ''],
])('%s in %i columns', (text, width, fitted) => {
  expect(fitText(text, width)).toBe(fitted);
});

describe('wrapping', () => {
  test.each<[text: string, width: number, rows: string[]]>([
    ['one two three', 7, ['one two', 'three']],
    ['one two', 3, ['one', 'two']],
    ['onetwothree four', 5, ['onetw', 'othre', 'e', 'four']],
    ['株式会社 abc', 5, ['株式', '会社', 'abc']],
    ['e\u0301e\u0301e\u0301', 2, ['e\u0301e\u0301', 'e\u0301']],
    ['', 5, ['']],
  ])('%j in %i columns', (text, width, rows) => {
    expect(wrapText(text, width)).toEqual(rows);
  });

  test('keeps the look of each word', () => {
    const rows = wrapLine([part('one '), part('two three', 'high')], 7);
    expect(rows).toEqual([[part('one '), part('two', 'high')], [part('three', 'high')]]);
  });
});

test.each<[parts: string[], fitted: string]>([
  [['a', 'b'], 'ab   '],
  [['abc', 'def'], 'abcd…'],
  [['abcde', 'f'], 'abcd…'],
  [['abcde', ''], 'abcde'],
  [['👩‍', '👩‍👧'], '👩‍👩‍👧   '],
])('%j in five columns', (parts, fitted) => {
  const line = fitLine(
    parts.map(text => part(text)),
    5,
  );
  expect([textOf(line), widthOf(textOf(line))]).toEqual([fitted, 5]);
});
