import { OffRecordError, systemCode } from '../errors.js';
import { forgetUnfinished } from './checkpoints.js';
import type { Database } from './connect.js';
import { BUSY_SECONDS } from './failures.js';
import { resolveId } from './ids.js';
import { emptyIndex, rewriteIndex } from './search-index.js';

/** What a purge deleted. */
export interface PurgeResult {
  calls: number;
  utterances: number;
  flags: number;
}

/**
 * Deletes calls with all that belongs to them, and leaves no byte of them in the database or its log.
 * @param ids ids or unique beginnings of ids of calls, or whole ids of analyses that were stopped
 * @throws OffRecordError `failed` for an unknown id (then nothing is deleted), or when another process keeps the log in use
 */
export function purgeCalls(db: Database, ids: string[]): PurgeResult {
  const purge = db.transaction((): PurgeResult => {
    const stopped = new Set(forgetUnfinished(db, ids));
    const isCall = db.prepare('select 1 from calls where id = ?');
    const calls = ids.filter(id => !stopped.has(id) || isCall.get(id) !== undefined);
    const numbers = new Set(calls.map(id => numberOf(db, id)));
    const purged = [...numbers].map(number => deleteCall(db, number));
    markUnfinished(db);
    return purged.reduce(add, { calls: 0, utterances: 0, flags: 0 });
  });
  const result = purge.immediate();
  wipeTraces(db);
  return result;
}

function numberOf(db: Database, id: string): number {
  return db.prepare('select number from calls where id = ?').pluck().get(resolveId(db, id)) as number;
}

/** Deletes a call with all that belongs to it. Its traces stay until they are wiped. */
export function deleteCall(db: Database, number: number): PurgeResult {
  const counts = db.prepare<[number], PurgeResult>(`${COUNTS} where number = ?`).get(number);
  db.prepare('delete from checkpoints where sha256 = (select sha256 from calls where number = ?)').run(number);
  db.prepare('delete from calls where number = ?').run(number);
  return counts ?? { calls: 0, utterances: 0, flags: 0 };
}

const COUNTS = `
  select count(*) as calls, total(utterance_count) as utterances, total(flag_count) as flags from calls`;

function add(sum: PurgeResult, one: PurgeResult): PurgeResult {
  return {
    calls: sum.calls + one.calls,
    utterances: sum.utterances + one.utterances,
    flags: sum.flags + one.flags,
  };
}

/** Deletes every call and every checkpoint, and leaves no byte of them in the database or its log. */
export function purgeEverything(db: Database): PurgeResult {
  const purge = db.transaction((): PurgeResult => {
    const counts = db.prepare<[], PurgeResult>(COUNTS).get();
    emptyIndex(db);
    db.exec('delete from checkpoints; delete from calls');
    markUnfinished(db);
    return counts ?? { calls: 0, utterances: 0, flags: 0 };
  });
  const result = purge.immediate();
  wipeTraces(db);
  return result;
}

/** The user version says that rows were deleted whose traces may still lie in free pages or in the log. */
export function markUnfinished(db: Database): void {
  db.pragma('user_version = 1');
}

/** Wipes what a purge that was killed, or kept from the log by another process, left behind. Tries; a later opening tries again. */
export function finishPurge(db: Database): void {
  if (db.pragma('user_version', { simple: true }) === 0) return;
  try {
    wipeTraces(db);
  } catch (error) {
    if (!(error instanceof OffRecordError) && systemCode(error) === undefined) throw error;
  }
}

/** The log is emptied first: that needs no room on a full disk, and after it only free pages, zeroed by then, are left. */
function wipeTraces(db: Database): void {
  emptyLog(db);
  rewriteIndex(db);
  db.exec('vacuum');
  emptyLog(db);
  db.pragma('user_version = 0');
  emptyLog(db);
}

function emptyLog(db: Database): void {
  const [outcome] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (outcome?.busy === 0) return;
  const sentence = `The calls are deleted, but another offrecord has kept the store’s log in use for ${BUSY_SECONDS} s. Close it and purge again.`;
  throw new OffRecordError('failed', sentence);
}
