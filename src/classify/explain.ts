import type { Reason, Span } from '../types.js';
import { sentenceSpans } from './quote.js';

/** Reasons shown for a flag. */
const MAX_REASONS = 4;
/** Words that add less to the log-odds are left out. */
const MIN_WEIGHT = 0.15;

/** Why a label was found: the sentence that carries it, and the words in it that weighed most, placed in that sentence. */
export interface Explanation {
  span: Span;
  why: Reason[];
}

/**
 * Finds the sentence and the words behind a label.
 * @param weights what each word of the text, parted by white space, adds to the log-odds of the label
 */
export function explain(text: string, weights: number[]): Explanation {
  const words = [...text.matchAll(/\S+/g)].map((match, i) => placed(match[0], match.index, weights[i] ?? 0));
  const span = heaviestSentence(text, words);
  const inside = words.filter(word => word.span[0] >= span[0] && word.span[1] <= span[1]);
  const why = heaviest(inside).map(word => ({
    ...word,
    span: [word.span[0] - span[0], word.span[1] - span[0]] as Span,
  }));
  return { span, why };
}

/** A word without the punctuation around it. */
function placed(written: string, at: number, weight: number): Reason {
  const before = /^[^\p{L}\p{N}]*/u.exec(written)?.[0].length ?? 0;
  const text = written.slice(before).replace(/[^\p{L}\p{N}]*$/u, '');
  return { text, weight, span: [at + before, at + before + text.length] };
}

/** The sentence whose words weigh most together. */
function heaviestSentence(text: string, words: Reason[]): Span {
  const sum = ([start, end]: Span): number =>
    words.reduce(
      (total, { weight, span }) => (span[0] >= start && span[0] < end ? total + Math.max(0, weight) : total),
      0,
    );
  const spans = sentenceSpans(text);
  return spans.reduce((best, span) => (sum(span) > sum(best) ? span : best), spans[0] ?? [0, text.length]);
}

function heaviest(words: Reason[]): Reason[] {
  return words
    .map(word => ({ ...word, weight: Math.round(word.weight * 100) / 100 }))
    .filter(({ text, weight }) => text !== '' && weight >= MIN_WEIGHT)
    .sort((a, b) => b.weight - a.weight || a.span[0] - b.span[0])
    .slice(0, MAX_REASONS);
}
