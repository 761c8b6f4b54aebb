import { openDatabase } from '../../src/store/open.js';
import { saveReport } from '../../src/store/reports.js';
import type { SearchQuery } from '../../src/store/store.js';
import { LABEL_NAMES, LABELS } from '../../src/taxonomy.js';
import type { Flag, Report, Utterance, VerdictLevel } from '../../src/types.js';
import type { Place } from './place.js';
import { flagOf, pieceOf, reportOf } from './reports.js';

const LINES_OF_CALL = 400;
const WORDS_OF_LINE = 14;
const FLAGS_OF_CALL = 8;
const COMPANIES = 500;
const DAY_MS = 24 * 3600 * 1000;
const VERDICTS: VerdictLevel[] = ['leave', 'ask', 'note', 'clear'];
const VOCABULARY = Array.from({ length: 20_000 }, (_, n) => spell(n));
const CALLS_AT_ONCE = 50;
const EVERY_FILTER: Partial<SearchQuery> = {
  ...{ company: companyOf(7), verdict: 'clear', label: 'refusal-pushback', family: 'pressure' },
  ...{ after: '2023-01-01', before: '2026-12-31' },
};

/** What is searched for, by name. */
export const SEARCHES: [name: string, query: SearchQuery][] = [
  ['a rare word', { phrases: [wordOfRank(15_000)], limit: 20 }],
  ['the commonest word', { phrases: [wordOfRank(0)], limit: 20 }],
  ['two common words as a phrase', { phrases: [`${wordOfRank(0)} ${wordOfRank(1)}`], limit: 20 }],
  ['a common and a rare word', { phrases: [wordOfRank(0), wordOfRank(15_000)], limit: 20 }],
  ['a common word in a label', { phrases: [wordOfRank(0)], label: 'free-work', limit: 20 }],
  ['a common word in a company', { phrases: [wordOfRank(0)], company: companyOf(7), limit: 20 }],
  [
    'a common word in a verdict, of old calls',
    { phrases: [wordOfRank(0)], verdict: 'clear', before: '2024-01-01', limit: 20 },
  ],
  ['a common word with every filter', { phrases: [wordOfRank(0)], ...EVERY_FILTER, limit: 20 }],
  ['a word that is not there', { phrases: ['nowhere'], limit: 20 }],
];

/** Fills a store with calls of 400 lines. Words are as unevenly common as in talk; the same every time. */
export function fillStore({ dir, configDir }: Place, calls: number): void {
  const db = openDatabase(dir, configDir, { way: 'file' });
  // Only the speed of searching is of interest, so the disk is not waited for.
  db.pragma('synchronous = OFF');
  const saveSome = db.transaction((from: number) => {
    for (let n = from; n < Math.min(calls, from + CALLS_AT_ONCE); n++) saveReport(db, callNumber(n));
  });
  for (let n = 0; n < calls; n += CALLS_AT_ONCE) saveSome(n);
  db.close();
}

/** The word that is at this place among the most common ones. */
export function wordOfRank(rank: number): string {
  return VOCABULARY[rank] ?? '';
}

function companyOf(call: number): string {
  return `Company ${spell(call % COMPANIES)}`;
}

/** A word of letters for each number; neighbours do not begin alike. */
function spell(n: number): string {
  const syllables = ['ba', 'ke', 'do', 'mi', 'tu', 'lan', 'ser', 'gov', 'pil', 'chu'];
  return [...String(n).padStart(3, '0')]
    .map(digit => syllables[Number(digit)])
    .reverse()
    .join('');
}

function callNumber(n: number): Report {
  const random = startRandom(n + 1);
  const day = new Date(Date.UTC(2026, 0, 1) - ((n * 7919) % 1000) * DAY_MS).toISOString();
  const utterances = Array.from({ length: LINES_OF_CALL }, (_, id) => lineNumber(id, random));
  const flags = Array.from({ length: FLAGS_OF_CALL }, (_, id) => flagNumber(id, n));
  const verdict = { level: VERDICTS[n % VERDICTS.length] ?? 'ask', reasons: [] };
  const call = { date: day.slice(0, 10), company: companyOf(n), analyzedAt: day };
  return reportOf(`call ${n}`, call, { utterances, flags, verdict });
}

function lineNumber(id: number, random: () => number): Utterance {
  // As in talk, the word of rank r comes about 1/r times as often as the first.
  const word = (): string => wordOfRank(Math.floor(VOCABULARY.length ** random()) - 1);
  return { id, ...pieceOf(Array.from({ length: WORDS_OF_LINE }, word).join(' ')), start: id * 5, end: id * 5 + 4 };
}

function flagNumber(id: number, call: number): Flag {
  const label = LABEL_NAMES[(id + call) % LABEL_NAMES.length] ?? 'free-work';
  const { family, severity } = LABELS[label];
  return flagOf({ id, label, family, severity, utterance: id * 40 });
}

/** Numbers in [0, 1) that are the same every time (xorshift). */
function startRandom(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
