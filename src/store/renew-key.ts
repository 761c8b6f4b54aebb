import { OffRecordError, systemCode } from '../errors.js';
import { record } from './audit-log.js';
import type { Database } from './connect.js';
import { keyFile, readKeys, readRecords } from './key.js';
import type { Lock } from './key-record.js';
import { missingKey } from './missing-key.js';
import { hasNextKey, promoteNextKey, settleNextKey, writeNextKey } from './next-key.js';

/**
 * Changes the database to a new random key, kept in the same way, and destroys the old one. Cut off at any moment, the store
 * still opens.
 * @param done what to tell the person that is done already when the key can't be renewed
 * @throws OffRecordError `failed` while another process has the store open; the old key stays in force
 */
export function renewKey(db: Database, configDir: string, done: string): void {
  withDatabaseAlone(db, done, () => {
    // With a new salt the old key could not read the journal of a renewal that was cut off.
    const salt = db.prepare("select sqlite3mc_codec_data('cipher_salt')").pluck().get();
    db.pragma(`rekey = "x'${writeNextKey(configDir)}${salt}'"`);
    promoteNextKey(configDir);
  });
}

/** SQLite changes keys only outside of WAL. The lock is taken after the change of mode: taken before, it could rest on old pages. */
function withDatabaseAlone(db: Database, done: string, work: () => void): void {
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('begin exclusive; commit');
    work();
  } catch (error) {
    if (systemCode(error) !== 'SQLITE_BUSY') throw error;
    const sentence = `${done}, but the key was not renewed: another offrecord has ${db.name} open. Close it and try again.`;
    throw new OffRecordError('failed', sentence, { cause: error });
  } finally {
    db.pragma('locking_mode = NORMAL');
    db.pragma('journal_mode = WAL');
  }
}

/**
 * Keeps the key of an open store in another way, or under another passphrase. The key itself stays, so other processes may go
 * on. Cut off at any moment, the store opens in the old way or in the new one.
 */
export function changeLock(db: Database, configDir: string, lock: Lock): void {
  // The write lock keeps out renewals and other changes.
  const change = db.transaction(() => {
    const [key] = readKeys(configDir);
    if (key === undefined) throw missingKey(readRecords(configDir), keyFile(configDir), db.name);
    record(db, 'lock-changed');
    writeNextKey(configDir, key, lock);
    promoteNextKey(configDir);
  });
  change.immediate();
}

/**
 * Finishes a change of the key that was cut off.
 * @param key the key that the connection was opened with
 */
export function settleKey(db: Database, key: string, configDir: string): void {
  if (!hasNextKey(configDir)) return;
  // Under the write lock no change can begin, and taking it proves that the key is still in force.
  db.transaction(() => settleNextKey(configDir, key)).immediate();
}
