import { expect, test } from 'vitest';
import { type NamedLine, speakerNames, splitName } from '../../src/transcript/names.js';

test.each<[string, NamedLine | null]>([
  ['Laura: hello', { name: 'Laura', time: null, text: 'hello' }],
  ['Laura (Recruiter): hello', { name: 'Laura (Recruiter)', time: null, text: 'hello' }],
  ['(Recruiter) Laura: hello', { name: '(Recruiter) Laura', time: null, text: 'hello' }],
  ['**Laura:** hello', { name: 'Laura', time: null, text: 'hello' }],
  ['[SPEAKER_00]: hello', { name: 'SPEAKER_00', time: null, text: 'hello' }],
  ['Speaker 1 (00:07): hello', { name: 'Speaker 1', time: 7, text: 'hello' }],
  ['Laura Smith  1:02', { name: 'Laura Smith', time: 62, text: '' }],
  ['Zoë O’Neill-Díaz: hola', { name: 'Zoë O’Neill-Díaz', time: null, text: 'hola' }],
  ['Laura:', { name: 'Laura', time: null, text: '' }],
  ['Subject: your interview', null],
  ['https://example.org/a', null],
  ['no colon here', null],
  [`${'x'.repeat(80)}: too long for a name`, null],
])('%s', (line, named) => {
  expect(splitName(line)).toEqual(named);
});

test('a name is a speaker when it is repeated, or when the text reads as a dialogue', () => {
  expect(speakerNames([['Laura'], ['Tom']], new Map())).toEqual(new Set(['Laura', 'Tom']));
  expect(speakerNames([[undefined], [undefined], ['Laura'], [undefined], ['Laura']], new Map())).toEqual(
    new Set(['Laura']),
  );
});

test('a heading in prose is no speaker, unless the user said so', () => {
  const letter = [[undefined], ['Next steps', 'Pay'], [undefined], [undefined]];
  expect(speakerNames(letter, new Map())).toEqual(new Set());
  expect(speakerNames(letter, new Map([['pay', 'platform']]))).toEqual(new Set(['Pay']));
  expect(speakerNames([['I told them'], ['I told them']], new Map())).toEqual(new Set());
});
