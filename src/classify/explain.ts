import type { Reason } from '../types.js';

/** Reasons shown for a flag. */
const MAX_REASONS = 4;
/** Words whose absence moves the log-odds by less are left out. */
const MIN_WEIGHT = 0.15;

/** A word of an utterance with its place. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

/** The words of a text, each a run of letters, digits and inner marks. */
export function findWords(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu)].map(match => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The text without one word. */
export function leaveOut(text: string, word: Word): string {
  return `${text.slice(0, word.start)}${text.slice(word.end)}`.replace(/\s+/g, ' ').trim();
}

/**
 * The words that weighed most.
 * @param falls how far the log-odds fall without each word
 */
export function heaviest(words: Word[], falls: number[]): Reason[] {
  return words
    .map((word, i) => ({
      text: word.text,
      weight: round(falls[i] ?? 0),
      span: [word.start, word.end] as Reason['span'],
    }))
    .filter(({ weight }) => weight >= MIN_WEIGHT)
    .sort((a, b) => b.weight - a.weight || a.span[0] - b.span[0])
    .slice(0, MAX_REASONS);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
