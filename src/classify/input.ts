import type { Speaker } from '../types.js';

/** What the encoder judges: an utterance with the ones before it, nearest last. */
export interface Line {
  speaker: Speaker;
  text: string;
}

/** Utterances before the judged one that the encoder is shown. */
export const CONTEXT_LINES = 2;
/** Words kept of the judged utterance (its first), and of the nearest and the next context line (their last). */
const OWN_WORDS = 70;
const CONTEXT_WORDS = [32, 24];
/** Tokens of both texts together, without the three special ones. */
const MAX_TOKENS = 128 - 3;

/**
 * The two texts of the encoder's input, exactly as it was trained: `speaker: utterance`, and the context from the nearest
 * to the farthest as `speaker: words | speaker: words`.
 */
export function toTextPair(line: Line, context: Line[]): { text: string; pair: string } {
  const nearestFirst = context.slice(-CONTEXT_LINES).reverse();
  const lines = nearestFirst.map(
    ({ speaker, text }, i) =>
      `${speaker}: ${words(text)
        .slice(-(CONTEXT_WORDS[i] ?? 0))
        .join(' ')}`,
  );
  return { text: `${line.speaker}: ${words(line.text).slice(0, OWN_WORDS).join(' ')}`, pair: lines.join(' | ') };
}

/** Cuts both token lists at the right, the longer one first, until they fit: the rule of the tokenizer used in training. */
export function truncatePair<T>(own: T[], context: T[]): { own: T[]; context: T[] } {
  if (own.length + context.length <= MAX_TOKENS) return { own, context };
  const short = Math.min(own.length, context.length);
  let keepShort = short;
  let keepLong = Math.max(short, MAX_TOKENS - short);
  if (keepShort + keepLong > MAX_TOKENS) {
    keepShort = Math.floor(MAX_TOKENS / 2);
    keepLong = MAX_TOKENS - keepShort;
  }
  const ownIsShort = own.length <= context.length;
  return {
    own: own.slice(0, ownIsShort ? keepShort : keepLong),
    context: context.slice(0, ownIsShort ? keepLong : keepShort),
  };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
