import type { Piece, Report } from '../types.js';
import type { Database } from './connect.js';
import { FragmentFinder } from './fragment-finder.js';
import { cutFragments, namesOf, pickEvenly, wordsOf, wordsOfPieces } from './fragments.js';
import type { PurgePlan } from './plan.js';
import { withoutWords } from './strip-words.js';

/** What a proof will look for. In memory only. */
export interface Fragments {
  finder: FragmentFinder;
  /** Fragments that were left out, as they also stand in what stays. */
  shared: number;
}

/** Texts of a purge that are cut into fragments: more would cost a big purge much memory, and prove no more. */
const MOST_TEXTS = 20_000;
const FEWEST_TEXTS_A_CALL = 10;

/** Takes fragments of all that a purge is going to delete; without those that what stays has, too. */
export function takeFragments(db: Database, plan: PurgePlan, transcriptsOnly: boolean): Fragments {
  const take = db.transaction((): Fragments => {
    const all = new FragmentFinder([...doomedTexts(db, plan, transcriptsOnly)].flatMap(cutFragments));
    const shared = new Set<Buffer>();
    for (const text of stayingTexts(db, plan, transcriptsOnly))
      for (const fragment of all.findIn(Buffer.from(text))) shared.add(fragment);
    const own = all.fragments.filter(fragment => !shared.has(fragment));
    return { finder: new FragmentFinder(own), shared: shared.size };
  });
  return take();
}

interface CallRow {
  report: string;
  recording: string | null;
  note: string | null;
}

const CALLS = 'select report, recording_path as recording, note from calls left join notes on call = number where id';
const IN_LIST = 'in (select value from json_each(?))';
const PIECES = 'select pieces from checkpoints where';
/** Checkpoints go with the call of the same recording, or by the id of a stopped analysis. */
const DOOMED_PIECES = `(sha256 ${IN_LIST} or substr(sha256, 1, 8) ${IN_LIST})`;

function* doomedTexts(db: Database, plan: PurgePlan, transcriptsOnly: boolean): Generator<string> {
  const most = Math.max(FEWEST_TEXTS_A_CALL, Math.floor(MOST_TEXTS / Math.max(1, plan.calls.length)));
  for (const row of db.prepare<[string], CallRow>(`${CALLS} ${IN_LIST}`).iterate(idsOf(plan))) {
    const report = JSON.parse(row.report) as Report;
    yield* pickEvenly(wordsOf(report), most);
    if (!transcriptsOnly) yield* namesOf(report, row);
  }
  for (const { path } of plan.exports) yield path;
  const pieces = db.prepare(`${PIECES} ${DOOMED_PIECES}`).pluck();
  for (const text of pieces.iterate(...keysOf(plan)))
    yield* pickEvenly(wordsOfPieces(JSON.parse(String(text)) as Piece[]), most);
}

function* stayingTexts(db: Database, plan: PurgePlan, transcriptsOnly: boolean): Generator<string> {
  yield* textsOfRows(db.prepare<[string], CallRow>(`${CALLS} not ${IN_LIST}`).iterate(idsOf(plan)), report => report);
  const pieces = db.prepare(`${PIECES} not ${DOOMED_PIECES}`).pluck();
  for (const text of pieces.iterate(...keysOf(plan))) yield String(text);
  const going = JSON.stringify(plan.exports.map(({ path }) => path));
  yield* db.prepare(`select path from exports where path not ${IN_LIST}`).pluck().iterate(going) as Iterable<string>;
  if (!transcriptsOnly) return;
  const strip = (report: string): string => JSON.stringify(withoutWords(JSON.parse(report) as Report, ''));
  yield* textsOfRows(db.prepare<[string], CallRow>(`${CALLS} ${IN_LIST}`).iterate(idsOf(plan)), strip);
}

function* textsOfRows(rows: Iterable<CallRow>, read: (report: string) => string): Generator<string> {
  for (const row of rows) {
    yield read(row.report);
    yield* namesOf(JSON.parse(row.report) as Report, row);
  }
}

function idsOf({ calls }: PurgePlan): string {
  return JSON.stringify(calls.map(({ id }) => id));
}

function keysOf({ calls, unfinished }: PurgePlan): [string, string] {
  return [JSON.stringify(calls.map(({ sha256 }) => sha256)), JSON.stringify(unfinished.map(({ id }) => id))];
}
