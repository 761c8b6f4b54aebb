import { describe, expect, it } from 'vitest';
import { guardText } from '../../src/transcript/guards.js';

describe('guardText', () => {
  it.each([
    ['real speech stays as it is', 'We would like to record this call.', 3, 'We would like to record this call.', null],
    ['a loop of one word goes away', 'work work work work work work', 5, '', 'loop'],
    [
      'a phrase in a loop is kept once',
      'thank you so much thank you so much thank you so much',
      6,
      'thank you so much',
      'loop',
    ],
    ['a phrase in a long loop goes away', 'so we are '.repeat(8).trim(), 9, '', 'loop'],
    ['a no said three times is a no', 'No, no, no.', 1.5, 'No, no, no.', null],
    ['a no in three sentences too', 'No. No. No. I said no.', 2, 'No. No. No. I said no.', null],
    ['a no said five times is still a no', 'no no no no no', 2, 'no', 'loop'],
    ['digits may repeat', 'five five five one two', 2, 'five five five one two', null],
    ['a loop with punctuation goes away', 'Th, th, th, th, th, th.', 5, '', 'loop'],
    [
      'a loop at the end of speech is cut to one round',
      'I built it with two people and then we we we we',
      5,
      'I built it with two people and then we',
      'loop',
    ],
    ['saying a word twice is no loop', 'No no, that is fine.', 2, 'No no, that is fine.', null],
    ['a syllable in a loop is no word', 'borborborborb bitterbitterbitterbitter', 3, '', 'loop'],
    ['laughter in three is no loop', 'hahaha that is good', 2, 'hahaha that is good', null],
    ['marks of noise are no words', '[BLANK_AUDIO] (music) ♪♪', 4, '', null],
    ['more words than the time allows', 'one two three four five six seven eight nine ten', 0.4, '', 'dense'],
    ['a short answer may be quick', 'Yes, of course.', 0.4, 'Yes, of course.', null],
    ['nothing stays nothing', '   ', 1, '', null],
  ] as const)('%s', (_, text, seconds, kept, doubt) => {
    expect(guardText(text, seconds)).toEqual({ text: kept, doubt });
  });

  it('marks long text that says the same again and again in other words', () => {
    const sentence = (n: number): string => `and the plan for the day is the plan for the week ${n}`;
    const text = Array.from({ length: 12 }, (_, n) => sentence(n)).join(' ');
    expect(guardText(text, 60)).toEqual({ text, doubt: 'monotonous' });
  });
});
