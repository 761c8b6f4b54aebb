import type { Key } from 'ink';

export type InkKey = Key;

const NAMED: [flag: keyof Key, name: string][] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
];

const CONTROLS: Record<string, string> = {
  ...{ '\r': 'enter', '\n': 'enter', '\t': 'tab', '\u007f': 'backspace', '\b': 'backspace', '\u001b': 'esc' },
  ...{
    '\u0001': 'ctrl-a',
    '\u0003': 'ctrl-c',
    '\u0005': 'ctrl-e',
    '\u0015': 'ctrl-u',
    '\u0017': 'ctrl-w',
    '\u001a': 'ctrl-z',
  },
};

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The names of the keys that came at once: one, or all of what was pasted. */
export function keysOf(input: string, key: Key): string[] {
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  // What terminals send for backspace is named “delete” here; the real one comes with its escape sequence.
  if (key.delete) return ['backspace'];
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named) return [named[1]];
  if (key.ctrl) return [`ctrl-${input}`];
  if (key.meta) return [];
  return [...graphemes.segment(input)].flatMap(({ segment }) => nameOf(segment));
}

function nameOf(sign: string): string[] {
  if (sign === '\r\n') return ['enter'];
  const control = CONTROLS[sign];
  if (control !== undefined) return [control];
  return /^\p{Cc}/u.test(sign) ? [] : [sign];
}
