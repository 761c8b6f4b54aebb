import { existsSync, readFileSync, statSync } from 'node:fs';
import { OffRecordError, systemCode } from '../errors.js';
import { connect, type Database } from './connect.js';
import { RENEW_KEY, readToDo, WIPE } from './finish-purge.js';
import { findBadPages, fitsFirstPage, hasHotJournal, readFirstPage } from './first-page.js';
import { keyFile, nextKeyFile, openRecords } from './key.js';
import { type Found, isRecord, type KeyWay, parseRecord } from './key-record.js';
import { findUnknownStep } from './migrations.js';
import { missingKey } from './missing-key.js';
import { hasNextKey } from './next-key.js';
import { databaseFile } from './open.js';

/** What a look at a store found. Nothing of it was changed for that. */
export interface Inspection {
  /** `key-locked`: a passphrase is missing or wrong, or the keychain gives no key. `cut-off`: an earlier run was killed, and the next one must tidy up before anyone can look. */
  state:
    | 'none'
    | 'no-key'
    | 'key-locked'
    | 'wrong-key'
    | 'not-a-store'
    | 'unreadable'
    | 'damaged'
    | 'newer'
    | 'cut-off'
    | 'open';
  /** What was seen, where the state alone does not say it. */
  problem: string | null;
  /** How the key is kept; null where there is none, or it can't be told. */
  keyWay: KeyWay | null;
  /** Pages whose code does not fit; null where there is no key to prove them. */
  badPages: number[] | null;
  /** What SQLite says of the structure, `ok` at best; null where it could not look. */
  integrity: string | null;
  /** Lines in the search index, and utterances that should be there; null for a store that has no index yet. */
  index: { lines: number; utterances: number } | null;
  isPurgePending: boolean;
  isKeyChangePending: boolean;
  /** Stopped analyses that can go on. */
  unfinished: number;
}

/** Looks at a store without making, mending, or even closing anything. */
export function inspectStore(dir: string, configDir: string): Inspection {
  const file = databaseFile(dir);
  const records = lookAtKeys(configDir);
  const keyWay = records.find(isRecord)?.way ?? null;
  const found = { ...EMPTY, keyWay, isKeyChangePending: hasNextKey(configDir) };
  if (!existsSync(file)) return { ...found, ...orphan(file) };
  try {
    const page = readFirstPage(file);
    const keys = openRecords(records.filter(isRecord));
    const key = keys.find(one => fitsFirstPage(page, one));
    if (keys.length === 0) return { ...found, ...withoutKey(records, configDir, file) };
    if (key === undefined) return { ...found, state: 'wrong-key' };
    const badPages = findBadPages(file, key);
    if (badPages.length > 0) return { ...found, state: 'damaged', badPages };
    const inside = lookInside(file, key);
    return {
      ...found,
      badPages,
      ...inside,
      isKeyChangePending: found.isKeyChangePending || inside.isKeyChangePending === true,
    };
  } catch (error) {
    return { ...found, ...failure(error) };
  }
}

const EMPTY: Inspection = {
  state: 'none',
  problem: null,
  keyWay: null,
  badPages: null,
  integrity: null,
  index: null,
  isPurgePending: false,
  isKeyChangePending: false,
  unfinished: 0,
};

/** A log without its database is no empty store. */
function orphan(file: string): Partial<Inspection> {
  const log = [`${file}-wal`, `${file}-journal`].find(hasContent);
  return log === undefined ? {} : { state: 'not-a-store', problem: `${log} is there, but its database is missing.` };
}

/** Reading keys as the program does would close their files to others. */
function lookAtKeys(configDir: string): Found[] {
  return [keyFile(configDir), nextKeyFile(configDir)].map(file =>
    existsSync(file) ? parseRecord(readFileSync(file, 'utf8')) : 'missing',
  );
}

function withoutKey(records: Found[], configDir: string, file: string): Partial<Inspection> {
  const state = records.some(record => isRecord(record) || record === 'newer') ? 'key-locked' : 'no-key';
  return { state, problem: missingKey(records, keyFile(configDir), file).message };
}

function lookInside(file: string, key: string): Partial<Inspection> {
  const hasLog = hasContent(`${file}-wal`);
  // To read a log without its index, SQLite would make one and leave it.
  if (hasHotJournal(file) || (hasLog && !existsSync(`${file}-shm`))) return { state: 'cut-off' };
  // Whoever may write and is the last to close takes a log into the database; whoever may not leaves two files where none were.
  const db = connect(file, key, { readonly: hasLog || existsSync(`${file}-shm`) });
  try {
    db.pragma('query_only = ON');
    return readState(db);
  } finally {
    db.close();
  }
}

function hasContent(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function readState(db: Database): Partial<Inspection> {
  const newer = findUnknownStep(db);
  if (newer !== undefined) return { state: 'newer', problem: newer };
  const integrity = String(db.pragma('integrity_check(1)', { simple: true }));
  const hasStops = hasTable(db, 'checkpoints');
  const stops = hasStops ? db.prepare('select count(distinct sha256) from checkpoints').pluck().get() : 0;
  const todo = readToDo(db);
  const pending = { isPurgePending: (todo & WIPE) !== 0, isKeyChangePending: (todo & RENEW_KEY) !== 0 };
  return { state: 'open', integrity, index: readIndex(db), ...pending, unfinished: Number(stops) };
}

function readIndex(db: Database): Inspection['index'] {
  if (!hasTable(db, 'lines_docsize')) return null;
  const [lines, utterances] = [
    'select count(*) from lines_docsize',
    'select coalesce(sum(utterance_count), 0) from calls',
  ].map(sql => Number(db.prepare(sql).pluck().get()));
  return { lines: lines ?? 0, utterances: utterances ?? 0 };
}

function hasTable(db: Database, name: string): boolean {
  return db.prepare('select 1 from sqlite_master where name = ?').get(name) !== undefined;
}

function failure(error: unknown): Partial<Inspection> {
  const problem = error instanceof Error ? error.message : String(error);
  if (error instanceof OffRecordError) return { state: 'not-a-store', problem };
  const code = systemCode(error);
  if (code === undefined) throw error;
  return { state: /^SQLITE_(NOTADB|CORRUPT)/.test(code) ? 'damaged' : 'unreadable', problem: code };
}
