import { readFileSync } from 'node:fs';
import type { Key } from 'ink';
import { expect, test } from 'vitest';
import { helpLines } from '../../src/tui/help.js';
import { keysOf } from '../../src/tui/ink-keys.js';
import { KEYS } from '../../src/tui/keys.js';

const NONE = Object.fromEntries(
  ['upArrow', 'return', 'tab', 'shift', 'ctrl', 'meta', 'delete'].map(name => [name, false]),
) as unknown as Key;

test.each<[what: string, input: string, key: Partial<Key>, names: string[]]>([
  ['a letter', 'n', {}, ['n']],
  ['two letters at once', 'nd', {}, ['n', 'd']],
  ['a pasted line', 'a b\r', {}, ['a', ' ', 'b', 'enter']],
  ['an emoji of many code points', '👩‍👧', {}, ['👩‍👧']],
  ['enter', '\r', { return: true }, ['enter']],
  ['shift and tab', '', { tab: true, shift: true }, ['shift-tab']],
  ['control and c', 'c', { ctrl: true }, ['ctrl-c']],
  ['control and c within a paste', 'a\u0003', {}, ['a', 'ctrl-c']],
  ['backspace as terminals send it', '', { delete: true }, ['backspace']],
  ['alt and a letter', 'x', { meta: true }, []],
  ['a control character that means nothing', '\u0007', {}, []],
])('%s', (_, input, key, names) => {
  expect(keysOf(input, { ...NONE, ...key })).toEqual(names);
});

test('no key means two things in one place', () => {
  const pairs = KEYS.flatMap(({ keys, places }) => keys.flatMap(key => places.map(place => `${place} ${key}`)));
  expect(pairs.filter((pair, n) => pairs.indexOf(pair) !== n)).toEqual([]);
});

test('the README shows the help as the program does', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`\n${helpLines().join('\n')}\n\`\`\``);
});
