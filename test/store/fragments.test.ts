import { describe, expect, test } from 'vitest';
import { FragmentFinder } from '../../src/store/fragment-finder.js';
import { cutFragments, pickEvenly } from '../../src/store/fragments.js';

const FIFTY = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX';

describe('fragments of a text', () => {
  test.each([
    ['too short', 'eleven byte', []],
    ['short enough to be one piece', 'twelve bytes', ['twelve bytes']],
    ['long', FIFTY, [FIFTY.slice(0, 24), FIFTY.slice(13, 37), FIFTY.slice(26)]],
    ['written in another way as JSON', 'say "no" to all', ['say "no" to all', 'say \\"no\\" to all']],
  ])('%s', (_, text, expected) => {
    expect(cutFragments(text).map(String)).toEqual(expected);
  });

  test('are pieces of 12 to 24 bytes, also of letters that take several', () => {
    const pieces = cutFragments('Übergrößenträger für Äpfel, Öl und süße Grüße');
    expect(pieces.length).toBe(3);
    for (const { length } of pieces) expect(length >= 12 && length <= 24).toBe(true);
  });

  test('are taken from all parts of many', () => {
    expect(pickEvenly(['a', 'b', 'c'], 5)).toEqual(['a', 'b', 'c']);
    expect(pickEvenly(['a', 'b', 'c', 'd', 'e', 'f'], 3)).toEqual(['a', 'c', 'e']);
  });
});

describe('a search', () => {
  const finder = new FragmentFinder(
    ['we record all', 'we record all calls', 'we record all'].map(text => Buffer.from(text)),
  );

  test.each([
    ['at the beginning', 'we record all!', ['we record all']],
    ['at the end, twice', '…we record all calls', ['we record all', 'we record all calls']],
    ['cut off', 'we record al', []],
    ['in other letters', 'We record all', []],
    ['between bytes that are no text', '\0\xffwe record all\0', ['we record all']],
  ])('finds fragments %s', (_, text, expected) => {
    expect([...finder.findIn(Buffer.from(text, 'latin1'))].map(String)).toEqual(expected);
    expect(finder.isIn(Buffer.from(text, 'latin1'))).toBe(expected.length > 0);
  });

  test('has each fragment once', () => {
    expect(finder.fragments.map(String)).toEqual(['we record all', 'we record all calls']);
  });
});
