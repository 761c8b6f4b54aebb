import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OffRecordError } from '../errors.js';
import { connect, type Database, isOpenHere } from './connect.js';
import { fitsFirstPage, hasHotJournal, readFirstPage, refusal } from './first-page.js';
import { keyFile, keyForNewStore, readKeys, readRecords } from './key.js';
import type { Lock } from './key-record.js';
import { migrate } from './migrations.js';
import { missingKey } from './missing-key.js';
import {
  closeFolder,
  makePrivateFile,
  makePrivateFolder,
  makeWhole,
  removeStaleDrafts,
  writePrivateFile,
} from './private-files.js';
import { settleKey } from './renew-key.js';

const DATABASE_NAME = 'offrecord.db';
const COMPANIONS = ['-wal', '-shm', '-journal'];
const ATTEMPTS = 3;
const PAUSE_MS = 50;

/** The database file of a store. */
export function databaseFile(dir: string): string {
  return join(dir, DATABASE_NAME);
}

/** Whether a store has been made in a folder. Fails where the folder may not be read, rather than calling it empty. */
export function hasDatabase(dir: string): boolean {
  return statSync(databaseFile(dir), { throwIfNoEntry: false }) !== undefined;
}

/**
 * Opens the encrypted database of a store, and makes key, folders and database where there is no database yet.
 * @param lock how a new key shall be kept
 * @throws OffRecordError `store-locked` for a file that is there but can't be opened; it is left as it is
 */
export function openDatabase(dir: string, configDir: string, lock: Lock): Database {
  const file = databaseFile(dir);
  if (!hasDatabase(dir)) createDatabase(file, configDir, lock);
  return unlockPatiently(file, configDir, ATTEMPTS);
}

/** The database is made under another name: a kill leaves a whole store or none, and nothing is ever written over. */
function createDatabase(file: string, configDir: string, lock: Lock): void {
  makePrivateFolder(dirname(file), DATABASE_NAME);
  refuseOrphans(file);
  const key = keyForNewStore(configDir, lock, file);
  makeWhole(file, draft => {
    writePrivateFile(draft, '');
    prepare(connect(draft, key)).close();
  });
}

/** A log without its database would be replayed into the new one. */
function refuseOrphans(file: string): void {
  const orphan = COMPANIONS.map(suffix => file + suffix).find(companion => existsSync(companion));
  if (orphan === undefined || existsSync(file)) return;
  throw refusal(`${orphan} is there, but its database ${file} is missing`);
}

/** Another process may be renewing the key, or writing the very page that was read. */
function unlockPatiently(file: string, configDir: string, attempts: number): Database {
  try {
    return unlock(file, configDir);
  } catch (error) {
    if (attempts <= 1 || !(error instanceof OffRecordError) || error.kind !== 'store-locked') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return unlockPatiently(file, configDir, attempts - 1);
  }
}

function unlock(file: string, configDir: string): Database {
  const key = chooseKey(file, configDir);
  closeFolder(dirname(file), DATABASE_NAME);
  for (const suffix of ['', ...COMPANIONS]) makePrivateFile(file + suffix);
  removeStaleDrafts(file);
  return prepare(connect(file, key), db => settleKey(db, key, configDir));
}

/**
 * The key that made the first page. Where a renewal was cut off in the middle, its journal must be played back with the key
 * from before: a renewal keeps the salt, so that key still reads the journal, whatever it says on the first page.
 */
function chooseKey(file: string, configDir: string): string {
  const page = isOpenHere(file) ? null : readFirstPage(file);
  const keys = readKeys(configDir);
  const [present] = keys;
  if (present === undefined) throw missingKey(readRecords(configDir), keyFile(configDir), file);
  if (page === null) return present;
  const fitting = keys.find(key => fitsFirstPage(page, key));
  if (fitting === undefined)
    throw refusal(`the key ${keyFile(configDir)} does not fit ${file}, which is another’s or damaged`);
  return hasHotJournal(file) ? present : fitting;
}

/** The first write may follow only when the schema is known and the key is settled. */
function prepare(db: Database, settle?: (db: Database) => void): Database {
  try {
    settle?.(db);
    migrate(db);
    db.pragma('journal_mode = WAL');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
