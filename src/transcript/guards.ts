import { deflateSync } from 'node:zlib';

/** What the guards made of a text: the words worth keeping (none: empty), and why they are doubtful. */
export interface Guarded {
  text: string;
  doubt: 'loop' | 'dense' | 'monotonous' | null;
}

/** Faster than people talk, in words and characters a second; a short text may be denser than a long one. */
const MAX_WORDS_A_SECOND = 7;
const MAX_CHARACTERS_A_SECOND = 35;
const FREE_WORDS = 3;
/** Whisper's own limit for text that says the same again and again. */
const MAX_COMPRESSION = 2.4;
/** The longest phrase that is looked for as a loop, in words. */
const MAX_PHRASE = 12;
/** How often it must stand in a row: people do say “no, no, no”, but hardly four times. */
const MIN_ROUNDS = 4;
const MIN_ROUNDS_OF_PHRASE = 3;
const PHRASE_WORDS = 3;
/** Text that is that many times longer than its single round is nothing but a loop. */
const LOOP_ALONE = 6;
/** A syllable in a loop inside one word: “borborborborb”. */
const STUTTER = /(\p{L}{2,6}?)\1{3}/iu;

/**
 * Guards against what Whisper invents: phrases in a loop, more text than the time allows, and marks of noise.
 * A loop that is all there is goes away; one at the end of real speech is cut to a single round.
 * @param seconds how long the speech lasted
 */
export function guardText(text: string, seconds: number): Guarded {
  const words = stripNoiseMarks(text).split(/\s+/).filter(Boolean);
  const once = collapseLoops(words).filter(word => !STUTTER.test(word));
  const removed = words.length - once.length;
  if (words.length >= LOOP_ALONE * once.length && removed > 0) return { text: '', doubt: 'loop' };
  const kept = once.join(' ');
  if (removed > 0) return { text: kept, doubt: 'loop' };
  if (tooDense(once.length, kept.length, seconds)) return { text: '', doubt: 'dense' };
  return { text: kept, doubt: compression(kept) > MAX_COMPRESSION ? 'monotonous' : null };
}

/** Whisper writes `[BLANK_AUDIO]`, `(music)`, `♪` where nobody speaks. */
function stripNoiseMarks(text: string): string {
  return text.replace(/\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫]+/g, ' ');
}

/** Every phrase that stands too often in a row is kept once. */
function collapseLoops(words: string[]): string[] {
  const plain = words.map(word => word.toLowerCase().replace(/[^\p{L}\p{N}']/gu, ''));
  const kept: string[] = [];
  for (let at = 0; at < words.length; ) {
    const { length, rounds } = longestLoop(plain, at);
    kept.push(...words.slice(at, at + length));
    at += length * rounds;
  }
  return kept;
}

function longestLoop(words: string[], at: number): { length: number; rounds: number } {
  for (let length = 1; length <= MAX_PHRASE; length++) {
    const rounds = countRounds(words, at, length);
    if (rounds >= (length < PHRASE_WORDS ? MIN_ROUNDS : MIN_ROUNDS_OF_PHRASE)) return { length, rounds };
  }
  return { length: 1, rounds: 1 };
}

function countRounds(words: string[], at: number, length: number): number {
  const same = (i: number): boolean => i < words.length && words[i] === words[i - length];
  let end = at + length;
  while (same(end)) end += 1;
  return Math.floor((end - at) / length);
}

function tooDense(words: number, characters: number, seconds: number): boolean {
  return words > FREE_WORDS + MAX_WORDS_A_SECOND * seconds || characters > 20 + MAX_CHARACTERS_A_SECOND * seconds;
}

function compression(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length < 60 ? 1 : bytes.length / deflateSync(bytes).length;
}
