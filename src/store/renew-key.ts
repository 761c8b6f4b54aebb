import { OffRecordError, systemCode } from '../errors.js';
import type { Database } from './connect.js';
import { dropNextKey, hasNextKey, promoteNextKey, readNextKey, writeNextKey } from './key.js';

/**
 * Changes the database to a new random key and destroys the old one. Cut off at any moment, the store still opens.
 * @throws OffRecordError `failed` while another process has the store open; the old key stays in force
 */
export function renewKey(db: Database, configDir: string): void {
  withDatabaseAlone(db, () => {
    // With a new salt the old key could not read the journal of a renewal that was cut off.
    const salt = db.prepare("select sqlite3mc_codec_data('cipher_salt')").pluck().get();
    db.pragma(`rekey = "x'${writeNextKey(configDir)}${salt}'"`);
    promoteNextKey(configDir);
  });
}

/** SQLite changes keys only outside of WAL. The lock is taken after the change of mode: taken before, it could rest on old pages. */
function withDatabaseAlone(db: Database, work: () => void): void {
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('begin exclusive; commit');
    work();
  } catch (error) {
    if (systemCode(error) !== 'SQLITE_BUSY') throw error;
    const sentence = `The calls are deleted, but the key was not renewed: another offrecord has ${db.name} open. Close it and purge again.`;
    throw new OffRecordError('failed', sentence, { cause: error });
  } finally {
    db.pragma('locking_mode = NORMAL');
    db.pragma('journal_mode = WAL');
  }
}

/**
 * Finishes a renewal that was cut off: the next key becomes the key when the database had been changed to it, else it goes.
 * @param key the key that the connection was opened with
 */
export function settleKey(db: Database, key: string, configDir: string): void {
  if (!hasNextKey(configDir)) return;
  // Under the write lock no renewal can begin, and taking it proves that the key is still in force.
  const settle = db.transaction(() => {
    if (readNextKey(configDir) === key) promoteNextKey(configDir);
    else dropNextKey(configDir);
  });
  settle.immediate();
}
