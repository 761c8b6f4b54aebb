import type { Piece, Report } from '../types.js';
import { companyWord } from './search-schema.js';

/** Shorter ones could occur by chance, longer ones would more often be cut by the border of a page. */
export const SHORTEST_BYTES = 12;
export const LONGEST_BYTES = 24;
const PIECES_A_TEXT = 3;

/** What is kept of a call beside its report. */
interface Beside {
  recording: string | null;
  note: string | null;
}

/** Pieces of 12 to 24 bytes from the beginning, middle and end of a text; none of one that is too short. */
export function cutFragments(text: string): Buffer[] {
  // A report is kept as JSON, where some characters are written in another way.
  const forms = new Set([text, JSON.stringify(text).slice(1, -1)]);
  return [...forms].flatMap(form => cut(Buffer.from(form)));
}

function cut(bytes: Buffer): Buffer[] {
  if (bytes.length < SHORTEST_BYTES) return [];
  const size = Math.min(LONGEST_BYTES, bytes.length);
  const step = (bytes.length - size) / (PIECES_A_TEXT - 1);
  const starts = new Set(Array.from({ length: PIECES_A_TEXT }, (_, n) => Math.floor(n * step)));
  return [...starts].map(start => Buffer.from(bytes.subarray(start, start + size)));
}

/** The texts of a report that hold what was said: utterances, quotes, and the words that weighed. */
export function wordsOf({ utterances, flags }: Report): string[] {
  return [
    ...utterances.map(({ text }) => text),
    ...flags.flatMap(({ quote, why }) => [quote, ...why.map(({ text }) => text)]),
  ];
}

/** The texts that say which call it was, and what the candidate noted. */
export function namesOf({ call }: Report, { recording, note }: Beside): string[] {
  const { sha256, file, date, company, role } = call;
  const named = Object.entries({ file, company, role }).filter(([, value]) => value !== null);
  return [
    ...named.map(([, value]) => String(value)),
    // A short name alone proves nothing. With its key it is found in the report, with its neighbours in the row.
    ...named.map(([key, value]) => `"${key}":${JSON.stringify(value)}`),
    [sha256.slice(-8), file, date, company, role].join(''),
    ...[recording, note].filter(text => text !== null),
    ...(company === null ? [] : [companyWord(company)]),
  ];
}

/** The texts of what was heard before an analysis was stopped. */
export function wordsOfPieces(pieces: Piece[]): string[] {
  return pieces.map(({ text }) => text);
}

/** At most so many of some texts, from all parts of them. */
export function pickEvenly(texts: string[], most: number): string[] {
  if (texts.length <= most) return texts;
  return Array.from({ length: most }, (_, n) => texts[Math.floor((n * texts.length) / most)] ?? '');
}
