import type { Database } from './connect.js';
import { type Exported, exportsOf } from './exported.js';
import { resolveId } from './ids.js';

/** Which calls a purge is about: the named ones, else all, and of these the ones that every filter lets through. */
export interface Selection {
  /** Ids or unique beginnings of ids of calls, or whole ids of analyses that were stopped. */
  ids: string[];
  company: string | null;
  /** Only calls of an earlier day than this one, YYYY-MM-DD. */
  before: string | null;
  /** Only calls that still have words. */
  withWords: boolean;
}

/** A call that a purge would delete. */
export interface PlannedCall {
  id: string;
  /** The day of the call, else the one of its analysis. */
  date: string;
  file: string;
  company: string | null;
  pinned: boolean;
  utterances: number;
  flags: number;
  /** Bytes of its report and of what was heard before a stop. */
  bytes: number;
  sha256: string;
  /** The path of the recording when it was analysed; null for a call that was saved without one. */
  recording: string | null;
}

/** A stopped analysis that a purge would forget. */
export interface PlannedUnfinished {
  id: string;
  date: string;
  windows: number;
  bytes: number;
}

/** What a purge would delete, and how many calls would stay. */
export interface PurgePlan {
  calls: PlannedCall[];
  unfinished: PlannedUnfinished[];
  /** Files that were exported of these calls; `others` are calls in them that stay in the store. */
  exports: (Exported & { others: number })[];
  staying: number;
}

/**
 * What a purge of a selection would delete. Changes nothing.
 * @throws OffRecordError `failed` for an id that no call has
 */
export function planPurge(db: Database, selection: Selection): PurgePlan {
  const plan = db.transaction((): PurgePlan => {
    const [all, stopped] = [plannedCalls(db), plannedUnfinished(db)];
    const named = selection.ids.length === 0 ? null : resolve(db, selection.ids, all, stopped);
    const calls = all.filter(call => (named?.has(call.id) ?? true) && fits(call, selection));
    const unfinished = stopped.filter(one => (named?.has(one.id) ?? true) && fitsUnfinished(one, selection));
    const exports = exportsOf(
      db,
      calls.map(({ id }) => id),
    );
    return { calls: calls.map(withoutMark), unfinished, exports, staying: all.length - calls.length };
  });
  return plan();
}

type CallRow = Omit<PlannedCall, 'pinned'> & { pinned: number; hasWords: number };

function plannedCalls(db: Database): CallRow[] {
  return db
    .prepare<[], CallRow>(`
      select id, substr(coalesce(date, analyzed_at), 1, 10) as date, file, company, kept as pinned,
        utterance_count as utterances, flag_count as flags,
        octet_length(report) + (
          select coalesce(sum(octet_length(pieces)), 0) from checkpoints where checkpoints.sha256 = calls.sha256
        ) as bytes,
        sha256, recording_path as recording, words_deleted_at is null as hasWords
      from calls order by 2 desc, analyzed_at desc, id`)
    .all();
}

function plannedUnfinished(db: Database): PlannedUnfinished[] {
  return db
    .prepare<[], PlannedUnfinished>(`
      select substr(sha256, 1, 8) as id, substr(max(saved_at), 1, 10) as date, count(*) as windows,
        sum(octet_length(pieces)) as bytes
      from checkpoints group by sha256 order by max(saved_at)`)
    .all();
}

/** An id of a stopped analysis names it, and the call of the same recording where there is one. */
function resolve(db: Database, ids: string[], calls: CallRow[], stopped: PlannedUnfinished[]): Set<string> {
  const isCall = (id: string): boolean => calls.some(call => call.id === id);
  const isStopped = (id: string): boolean => stopped.some(one => one.id === id);
  return new Set(ids.map(id => (isStopped(id) && !isCall(id) ? id : resolveId(db, id))));
}

function fits(call: CallRow, { company, before, withWords }: Selection): boolean {
  const isOfCompany = company === null || sameName(call.company ?? '', company);
  return isOfCompany && (before === null || call.date < before) && (!withWords || call.hasWords === 1);
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Nothing is known of the company of a call whose analysis was stopped. */
function fitsUnfinished({ date }: PlannedUnfinished, { company, before }: Selection): boolean {
  return company === null && (before === null || date < before);
}

function withoutMark({ hasWords: _, pinned, ...call }: CallRow): PlannedCall {
  return { ...call, pinned: pinned === 1 };
}
