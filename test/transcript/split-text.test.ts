import { expect, test } from 'vitest';
import { cleanText, countWords } from '../../src/clean-text.js';
import { splitText } from '../../src/transcript/split-text.js';

test('up to three short sentences stay together', () => {
  expect(splitText('One is here. Two is there? Three is gone!')).toHaveLength(1);
  expect(splitText('One is here. Two is there? Three is gone! Four is back.')).toEqual([
    'One is here. Two is there? Three is gone!',
    'Four is back.',
  ]);
});

test('sentences fill the fewest parts of at most sixty words', () => {
  expect(sizes(`${sentence(25)} ${sentence(30)} ${sentence(20)} ${sentence(40)}`)).toEqual([55, 60]);
});

test('a "no" ends a sentence, a "Dr." and a name with a dot do not', () => {
  const text = `I told Dr. Smith about ASP.NET and Node.js, and I still said no. ${sentence(55)}`;
  expect(splitText(text)[0]).toBe('I told Dr. Smith about ASP.NET and Node.js, and I still said no.');
});

test('a long sentence is cut at its clauses, and without clauses after 45 words', () => {
  expect(sizes(`${words(30)}, ${words(20)} and ${words(30)}; ${words(10)}.`)).toEqual([50, 41]);
  expect(sizes(words(61))).toEqual([45, 16]);
  expect(sizes(words(60))).toEqual([60]);
});

test('every word is kept, whatever the text', () => {
  const texts = [
    'a.b '.repeat(300),
    '. ? ! '.repeat(100),
    '"Hm." '.repeat(90),
    'x.Y Z.A! '.repeat(200),
    `${'q'.repeat(10_000)} end`,
  ];
  for (const text of texts.map(cleanText)) {
    const parts = splitText(text);
    expect(parts.join(' ')).toBe(text);
    expect(Math.max(...parts.map(countWords))).toBeLessThanOrEqual(60);
  }
});

test('an endless word is broken', () => {
  expect(cleanText('x'.repeat(450))).toBe(`${'x'.repeat(200)} ${'x'.repeat(200)} ${'x'.repeat(50)}`);
});

test.each([
  ['  two\r\n\t words\u00a0here ', 'two words here'],
  ['\u001b[31mred\u001b[0m and \u001b]0;title\u0007text', 'red and text'],
  ['a\0b\u0007c\u009bd', 'abcd'],
  ['safe\u202ereversed\u200b.', 'safereversed.'],
  ['half \ud83d of a pair', 'half \ufffd of a pair'],
  ['\u0001\u0002', ''],
])('%j is cleaned', (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

function sizes(text: string): number[] {
  return splitText(text).map(countWords);
}

function sentence(count: number): string {
  return `There ${words(count - 2)} end.`;
}

function words(count: number): string {
  return Array.from({ length: count }, () => 'word').join(' ');
}
