import type { Span } from '../types.js';

/** Sentences of a text as ranges without the white space around them. */
export function sentenceSpans(text: string): Span[] {
  return [...text.matchAll(/\S.*?(?:[.?!…]+["'”’)\]]*(?=\s)|$)/gsu)].map(match => [
    match.index,
    match.index + match[0].trimEnd().length,
  ]);
}

/**
 * The sentence that carries a flag: the one whose words weigh most together.
 * @param weights how far the score falls without each word, with the word's place
 */
export function heaviestSentence(text: string, weights: { start: number; weight: number }[]): Span {
  const sum = ([start, end]: Span): number =>
    weights.reduce(
      (total, word) => (word.start >= start && word.start < end ? total + Math.max(0, word.weight) : total),
      0,
    );
  const spans = sentenceSpans(text);
  return spans.reduce((best, span) => (sum(span) > sum(best) ? span : best), spans[0] ?? [0, text.length]);
}
