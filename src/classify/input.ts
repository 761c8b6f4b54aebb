import type { Speaker } from '../types.js';

/** What the classifier judges: one utterance. */
export interface Line {
  speaker: Speaker;
  text: string;
}

/** The earlier utterances that any part of the classifier looks at; each part takes fewer where it was trained so. */
export const EARLIER_LINES = 4;

/** How much of an utterance and of those before it the encoder was trained to see; stands in its `config.json`. */
export interface InputLimits {
  /** First words kept of the utterance. */
  utteranceWords: number;
  /** Last words kept of the nearest earlier utterance, of the one before it, and so on. */
  contextWords: number[];
  /** Tokens of both texts together with the three special ones. */
  tokens: number;
}

/**
 * The two texts of the encoder's input in words, exactly as it was trained: `speaker: utterance`, and the context from the nearest
 * to the farthest as `speaker: words | speaker: words`.
 * @param context earlier utterances, nearest last
 */
export function toTextPair(line: Line, context: Line[], limits: InputLimits): { own: string[]; context: string[] } {
  const earlier = limits.contextWords.flatMap((count, i) => {
    const { speaker, text } = context.at(-1 - i) ?? {};
    return text === undefined ? [] : [[`${speaker}:`, ...splitWords(text).slice(-count)]];
  });
  return {
    own: [`${line.speaker}:`, ...splitWords(line.text).slice(0, limits.utteranceWords)],
    context: earlier.flatMap((words, i) => (i === 0 ? words : ['|', ...words])),
  };
}

/** How much both token lists keep: cut at the right, the longer one first, until they fit; the rule of the tokenizer used in training. */
export function truncatePair(own: number, context: number, most: number): { own: number; context: number } {
  if (own + context <= most) return { own, context };
  const short = Math.min(own, context);
  const half = Math.floor(most / 2);
  const [keepShort, keepLong] = short <= half ? [short, most - short] : [half, most - half];
  return own <= context ? { own: keepShort, context: keepLong } : { own: keepLong, context: keepShort };
}

/** The words of a text, parted by white space, with their punctuation. */
export function splitWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
