import { OffRecordError, systemCode } from '../errors.js';
import { record } from './audit-log.js';
import type { Database } from './connect.js';
import { deleteDoomedExports } from './exported.js';
import { BUSY_SECONDS } from './failures.js';
import { deleteDoomedRecordings } from './recordings.js';
import { renewKey } from './renew-key.js';
import { rewriteIndex } from './search-index.js';

/** Bits of the user version: what a purge has still to do. */
export const WIPE = 1;
export const RENEW_KEY = 2;

/** What is done already when the key that goes with them can't be renewed. */
export const CALLS_DELETED = 'The calls are deleted';

/** Ends what a purge that was killed, or kept from log or key by another process, left behind. Tries; a later opening tries again. */
export function finishPurge(db: Database, configDir: string): void {
  const todo = readToDo(db);
  if (todo === 0) return;
  try {
    deleteDoomedRecordings(db);
    deleteDoomedExports(db);
    if (todo & WIPE) wipeTraces(db);
    if (todo & RENEW_KEY) renewKeyAtOnce(db, configDir);
  } catch (error) {
    if (!(error instanceof OffRecordError) && systemCode(error) === undefined) throw error;
  }
}

/** Who has the store open keeps it for as long as they like: waiting for them would only hold up this command. */
function renewKeyAtOnce(db: Database, configDir: string): void {
  try {
    db.pragma('busy_timeout = 0');
    beginNewKey(db, configDir, CALLS_DELETED);
  } finally {
    db.pragma(`busy_timeout = ${BUSY_SECONDS * 1000}`);
  }
}

/**
 * Destroys the old key for a new one, and says so in the log. A purge that is killed before the end does it once more.
 * @param done what to tell the person that is done already when the key can't be renewed
 */
export function beginNewKey(db: Database, configDir: string, done: string): void {
  renewKey(db, configDir, done);
  record(db, 'key-changed');
  markDone(db, RENEW_KEY);
}

/**
 * Leaves no byte of deleted rows in free pages or in the log. The log is emptied first: that needs no room on a full disk, and
 * after it only free pages, zeroed by then, are left.
 */
export function wipeTraces(db: Database): void {
  emptyLog(db);
  rewriteIndex(db);
  db.exec('vacuum');
  emptyLog(db);
  markDone(db, WIPE);
}

function emptyLog(db: Database): void {
  const [outcome] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (outcome?.busy === 0) return;
  const sentence = `The calls are deleted, but another offrecord has kept the store’s log in use for ${BUSY_SECONDS} s. Close it and purge again.`;
  throw new OffRecordError('failed', sentence);
}

/** Notes what a purge has still to do, beside what an earlier one that was cut off left. */
export function markToDo(db: Database, bits: number): void {
  db.pragma(`user_version = ${readToDo(db) | bits}`);
}

/** Notes that this part of a purge is done. */
export function markDone(db: Database, bit: number): void {
  db.pragma(`user_version = ${readToDo(db) & ~bit}`);
  emptyLog(db);
}

/** What purges have still to do. */
export function readToDo(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
