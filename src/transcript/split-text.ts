import { sentences } from 'sbd';
import { countWords } from '../clean-text.js';

/** The most that one utterance holds. */
export const MAX_WORDS = 60;
export const MAX_SENTENCES = 3;
/** Where a clause without any border is cut. */
const CUT_WORDS = 45;
/** Words whose full stop ends no sentence. The library's own list has "no", which is an answer here. */
const ABBREVIATIONS =
  'Mr Mrs Ms Dr Prof Sr Jr St Inc Corp Ltd Co Dept Ave vs v etc eg ie e.g i.e approx est ext incl Fig Vol pp'.split(
    ' ',
  );

/** A cleaned text → parts of at most 60 words and three sentences, as few as possible, all words kept in order. */
export function splitText(text: string): string[] {
  const units = sentencesOf(text).flatMap(sentence =>
    countWords(sentence) <= MAX_WORDS ? [sentence] : pack(clausesOf(sentence), Number.POSITIVE_INFINITY),
  );
  return pack(units, MAX_SENTENCES);
}

/** The sentences as they stand in the text: the library drops a character here and there, so only its borders are used. */
function sentencesOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  for (const sentence of sentences(text, { abbreviations: ABBREVIATIONS })) {
    const begin = text.indexOf(sentence, at);
    if (begin < 0) break;
    if (begin > from && text[begin - 1] === ' ') {
      parts.push(text.slice(from, begin - 1));
      from = begin;
    }
    at = begin + sentence.length;
  }
  return [...parts, text.slice(from)];
}

function clausesOf(sentence: string): string[] {
  return sentence.split(/(?<=[,;]) | (?=(?:and|but) )/).flatMap(chop);
}

function chop(clause: string): string[] {
  const words = clause.split(' ');
  if (words.length <= MAX_WORDS) return [clause];
  const parts: string[] = [];
  for (let i = 0; i < words.length; i += CUT_WORDS) parts.push(words.slice(i, i + CUT_WORDS).join(' '));
  return parts;
}

/** Fills each part with as many of the next units as it may hold, which makes the fewest parts. */
function pack(units: string[], maxUnits: number): string[] {
  const parts: string[][] = [];
  let words = Number.POSITIVE_INFINITY;
  for (const unit of units) {
    const more = countWords(unit);
    const open = parts.at(-1);
    if (open && words + more <= MAX_WORDS && open.length < maxUnits) {
      open.push(unit);
      words += more;
    } else {
      parts.push([unit]);
      words = more;
    }
  }
  return parts.map(part => part.join(' '));
}
