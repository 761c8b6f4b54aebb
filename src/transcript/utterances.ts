import { cleanText, countWords } from '../clean-text.js';
import { toMillisecond } from '../time.js';
import type { Piece, Utterance } from '../types.js';
import { MAX_WORDS, splitText } from './split-text.js';

/** Seconds of silence inside an utterance. Unknown speakers of one channel may alternate, or talk over each other. */
const MAX_GAP = 1;
const MAX_GAP_SHARED = 0.6;
/** Text without any punctuation shows no end of a sentence, so its utterances stay shorter. */
const MAX_WORDS_UNMARKED = 40;
const SENTENCE_END = /[.?!…。？！]["'”’»)\]]*$/;
const MARK = /[.,;:?!…](?:\s|$)/;

/** Pieces in any order → utterances by start, each one speaker's words that make sense alone; times in seconds, monotone. */
export function toUtterances(pieces: Piece[]): Utterance[] {
  const clean = pieces.map(cleanPiece).filter(({ text }) => text !== '');
  const shared = new Set(clean.map(({ channel }) => channel)).size <= 1;
  const joined = join(byStart(clean).flatMap(split), shared);
  return byStart(joined.flatMap(split)).map((piece, id) => ({ id, ...piece, ...rounded(piece) }));
}

function cleanPiece(piece: Piece): Piece {
  const start = timeOf(piece.start);
  const end = timeOf(piece.end);
  return {
    ...piece,
    start,
    end: start === null || end === null ? null : Math.max(start, end),
    text: cleanText(piece.text),
  };
}

function timeOf(seconds: number | null): number | null {
  return seconds === null || !Number.isFinite(seconds) ? null : Math.max(0, seconds);
}

/** Stable; a piece without a start stays behind the one that it was given after. */
function byStart(pieces: Piece[]): Piece[] {
  let last = 0;
  const placed = pieces.map(piece => {
    last = piece.start ?? last;
    return { piece, at: last };
  });
  return placed.sort((a, b) => a.at - b.at).map(({ piece }) => piece);
}

function join(pieces: Piece[], shared: boolean): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && goesOn(last, piece, shared)) joined[joined.length - 1] = together(last, piece);
    else joined.push(piece);
  }
  return joined;
}

function goesOn(last: Piece, next: Piece, shared: boolean): boolean {
  if (last.speaker !== next.speaker || last.channel !== next.channel) return false;
  if (SENTENCE_END.test(last.text) || !isNear(last, next, shared)) return false;
  const words = countWords(last.text) + countWords(next.text);
  if (words > MAX_WORDS) return false;
  return words <= MAX_WORDS_UNMARKED || MARK.test(last.text) || MARK.test(next.text);
}

function isNear(last: Piece, next: Piece, shared: boolean): boolean {
  if (last.start === null || next.start === null) {
    return last.start === next.start && last.speaker !== 'unknown';
  }
  const gap = toMillisecond(next.start - (last.end ?? last.start));
  if (shared && last.speaker === 'unknown') return Math.abs(gap) <= MAX_GAP_SHARED;
  return gap <= MAX_GAP;
}

function together(last: Piece, next: Piece): Piece {
  const trust = next.trust === 'doubtful' ? next.trust : last.trust;
  const end = last.end === null || next.end === null ? next.end : Math.max(last.end, next.end);
  return { ...last, end, trust, text: `${last.text} ${next.text}` };
}

/** The times of the parts go by their share of the characters; where the end is not known, all have the known start. */
function split(piece: Piece): Piece[] {
  const parts = splitText(piece.text);
  const { start, end } = piece;
  if (parts.length === 1) return [piece];
  if (start === null || end === null) return parts.map(text => ({ ...piece, text }));
  const pace = (end - start) / piece.text.length;
  let at = 0;
  return parts.map(text => {
    const from = at;
    at += text.length + 1;
    return { ...piece, text, start: start + from * pace, end: start + Math.min(at, piece.text.length) * pace };
  });
}

function rounded({ start, end }: Piece): Pick<Piece, 'start' | 'end'> {
  return { start: start === null ? null : toMillisecond(start), end: end === null ? null : toMillisecond(end) };
}
