import type { Report } from '../types.js';
import { type AuditEvent, beginNewLog, record } from './audit-log.js';
import { forgetUnfinished } from './checkpoints.js';
import type { Database } from './connect.js';
import { deleteDoomedExports, doomExports } from './exported.js';
import { beginNewKey, CALLS_DELETED, markToDo, RENEW_KEY, WIPE, wipeTraces } from './finish-purge.js';
import { resolveId } from './ids.js';
import { patiently } from './patience.js';
import { type DeletedRecording, deleteDoomedRecordings, doomRecordings } from './recordings.js';
import { emptyIndex } from './search-index.js';
import { withoutWords } from './strip-words.js';

/** What a purge deleted. */
export interface PurgeResult {
  calls: number;
  utterances: number;
  flags: number;
  /** What became of the recordings, where they were to be deleted too. */
  recordings?: DeletedRecording[];
  /** What became of the files that were exported of the calls, where there were any. */
  exports?: DeletedRecording[];
}

/** How far a purge goes. */
export interface PurgeOptions {
  /** Deletes only the words, and keeps verdict, labels and times. */
  transcriptsOnly?: boolean;
  /** Deletes the recordings too. */
  withRecordings?: boolean;
}

/**
 * Deletes calls with all that belongs to them, and leaves no byte of them in the database or its log.
 * @param ids ids or unique beginnings of ids of calls, or whole ids of analyses that were stopped
 * @throws OffRecordError `failed` for an unknown id (then nothing is deleted), or when another process keeps the log in use
 */
export function purgeCalls(db: Database, ids: string[], options: PurgeOptions = {}): PurgeResult {
  const purge = db.transaction((): PurgeResult => {
    const stopped = new Set(forgetUnfinished(db, ids));
    for (const id of stopped) record(db, 'purged', { call: id, calls: 0 });
    const isCall = db.prepare('select 1 from calls where id = ?');
    const calls = ids.filter(id => !stopped.has(id) || isCall.get(id) !== undefined);
    const numbers = [...new Set(calls.map(id => numberOf(db, id)))];
    if (options.withRecordings) doomRecordings(db, numbers);
    const remove = options.transcriptsOnly ? deleteWords : deleteCall;
    const purged = numbers.map(number => remove(db, number));
    markToDo(db, WIPE);
    return purged.reduce(add, { calls: 0, utterances: 0, flags: 0 });
  });
  const result = patiently(() => purge.immediate());
  return finish(db, result, options);
}

/** The files go before the traces: until then the database still knows where they lie. */
function finish(db: Database, result: PurgeResult, { withRecordings }: PurgeOptions): PurgeResult {
  const recordings = deleteDoomedRecordings(db);
  const exports = deleteDoomedExports(db);
  patiently(() => wipeTraces(db));
  return { ...result, ...(withRecordings && { recordings }), ...(exports.length > 0 && { exports }) };
}

function numberOf(db: Database, id: string): number {
  return db.prepare('select number from calls where id = ?').pluck().get(resolveId(db, id)) as number;
}

/** Deletes a call with all that belongs to it. Its traces stay until they are wiped. */
export function deleteCall(db: Database, number: number, event: AuditEvent = 'purged'): PurgeResult {
  const counts = db.prepare<[number], PurgeResult>(`${COUNTS} where number = ?`).get(number);
  record(db, event, { call: idOf(db, number), ...counts });
  doomExports(db, number);
  db.prepare('delete from checkpoints where sha256 = (select sha256 from calls where number = ?)').run(number);
  db.prepare('delete from calls where number = ?').run(number);
  return counts ?? { calls: 0, utterances: 0, flags: 0 };
}

function deleteWords(db: Database, number: number): PurgeResult {
  const counts = db.prepare<[number], PurgeResult>(`${COUNTS} where number = ?`).get(number);
  const report = JSON.parse(String(db.prepare('select report from calls where number = ?').pluck().get(number)));
  const now = new Date().toISOString();
  record(db, 'words-purged', { call: idOf(db, number), ...counts });
  doomExports(db, number);
  db.prepare('delete from checkpoints where sha256 = (select sha256 from calls where number = ?)').run(number);
  db.prepare('update calls set report = ?, words_deleted_at = ? where number = ? and words_deleted_at is null').run(
    JSON.stringify(withoutWords(report as Report, now.slice(0, 10))),
    now,
    number,
  );
  return counts ?? { calls: 0, utterances: 0, flags: 0 };
}

function idOf(db: Database, number: number): string {
  return String(db.prepare('select id from calls where number = ?').pluck().get(number));
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

/** Deletes every call and every checkpoint, leaves no byte of them in the database or its log, and renews the key. */
export function purgeEverything(db: Database, configDir: string, options: PurgeOptions = {}): PurgeResult {
  const purge = db.transaction((): PurgeResult => {
    const counts = db.prepare<[], PurgeResult>(COUNTS).get();
    if (options.withRecordings) doomRecordings(db, db.prepare('select number from calls').pluck().all() as number[]);
    doomExports(db);
    emptyIndex(db);
    db.exec('delete from checkpoints; delete from calls');
    beginNewLog(db);
    record(db, 'purged', counts);
    markToDo(db, WIPE | RENEW_KEY);
    return counts ?? { calls: 0, utterances: 0, flags: 0 };
  });
  const counts = patiently(() => purge.immediate());
  const result = finish(db, counts, options);
  beginNewKey(db, configDir, CALLS_DELETED);
  return result;
}
