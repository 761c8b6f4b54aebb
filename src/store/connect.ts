import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { systemCode } from '../errors.js';
import { BUSY_SECONDS } from './failures.js';
import { hasBytes, refusal } from './first-page.js';

/** An open connection to the encrypted database. */
export type Database = Sqlite.Database;

/**
 * Opens an existing file with a key and proves the key by a real read.
 * @param key 64 hex digits
 * @throws OffRecordError `store-locked` when the key does not open the file, or pages are missing; the file stays as it is
 */
export function connect(file: string, key: string, { readonly = false } = {}): Database {
  // Who may write plays the log into the file when it closes, even when nothing could be read: such a file is looked at first.
  if (!readonly && hasBytes(`${file}-wal`)) connect(file, key, { readonly: true }).close();
  const db = new Sqlite(file, { fileMustExist: true, timeout: BUSY_SECONDS * 1000, readonly });
  if (COLLECTING_ABORTS) keepFromCollector(db);
  try {
    // The cipher comes first: the library's own default is another one, and a key is read by the cipher in force.
    db.pragma("cipher = 'sqlcipher'");
    db.pragma(`key = "x'${key}'"`);
    db.pragma('temp_store = MEMORY');
    db.pragma('secure_delete = ON');
    db.pragma('foreign_keys = ON');
    db.pragma('synchronous = FULL');
    db.prepare('select count(*) from sqlite_master').get();
    openHere.set(db, identityOf(file));
    return db;
  } catch (error) {
    db.close();
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(systemCode(error) ?? ''))
      throw refusal(`${file} is damaged or cut short, or its key has changed`);
    throw error;
  }
}

/**
 * The version of the encrypting SQLite.
 * @throws where its native module does not load, or lacks the cipher
 */
export function proveSqlite(): string {
  const db = new Sqlite(':memory:');
  if (COLLECTING_ABORTS) keepFromCollector(db);
  try {
    const cipher = db.pragma("cipher = 'sqlcipher'", { simple: true });
    if (cipher !== 'sqlcipher') throw new Error(`the cipher is ${cipher}`);
    return String(db.prepare('select sqlite_version()').pluck().get());
  } finally {
    db.close();
  }
}

/** The connections of this process, each with the file it is connected to. */
const openHere = new Map<Database, string>();

/** Whether this process has a connection to a file. Then nothing else may open it: closing it again would drop SQLite's locks. */
export function isOpenHere(file: string): boolean {
  for (const db of openHere.keys()) if (!db.open) openHere.delete(db);
  return [...openHere.values()].includes(identityOf(file));
}

function identityOf(file: string): string {
  const { dev, ino } = statSync(file);
  return `${dev}:${ino}`;
}

/**
 * Since 24.19 Node aborts when it collects a native statement that was compiled against its headers
 * (https://github.com/nodejs/node/issues/65446). There, none is let go: a run prepares a few hundred at most.
 */
const COLLECTING_ABORTS = Number(process.versions.node.split('.')[0]) >= 24;
const kept: unknown[] = [];
const patched = new WeakSet<object>();

function keepFromCollector(db: Database): void {
  const [native] = Object.getOwnPropertySymbols(db).map(key => Reflect.get(db, key));
  kept.push(native);
  const prototype = Object.getPrototypeOf(native);
  if (patched.has(prototype)) return;
  patched.add(prototype);
  const prepare = prototype.prepare;
  prototype.prepare = function (...args: unknown[]) {
    const statement = Reflect.apply(prepare, this, args);
    kept.push(statement);
    return statement;
  };
}
