import { splitWords } from './input.js';
import { fnv1a } from './linear.js';

/** Of 100 mistakes of a recogniser: words taken for another, left out, and heard where none was; about as in published error counts. */
const SUBSTITUTED = 0.6;
const LEFT_OUT = 0.85;

/** Words of a text by their first letter, to take one for another. */
export type Vocabulary = ReadonlyMap<string, string[]>;

/** The vocabulary of many texts. */
export function toVocabulary(texts: string[]): Vocabulary {
  const words = new Set(texts.flatMap(text => splitWords(text.toLowerCase())));
  const known = new Map<string, string[]>();
  for (const word of [...words].sort()) known.set(initial(word), [...(known.get(initial(word)) ?? []), word]);
  return known;
}

/**
 * The text with about a share `rate` of its words misheard: taken for another word with the same first letter, left out, or said twice.
 * The same text with the same seed always has the same mistakes.
 */
export function withWordErrors(text: string, rate: number, vocabulary: Vocabulary, seed: string): string {
  const words = splitWords(text).flatMap((word, i) => {
    const draw = (of: string): number => fnv1a(`${seed}/${i}/${of}/${word}`) / 2 ** 32;
    if (draw('whether') >= rate) return [word];
    const kind = draw('kind');
    if (kind < SUBSTITUTED) {
      const alike = vocabulary.get(initial(word)) ?? [word];
      return [alike[Math.floor(draw('which') * alike.length)] ?? word];
    }
    return kind < LEFT_OUT ? [] : [word, word];
  });
  return words.length > 0 ? words.join(' ') : text;
}

function initial(word: string): string {
  return word
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 1);
}
