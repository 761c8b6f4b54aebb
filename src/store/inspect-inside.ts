import { existsSync } from 'node:fs';
import { connect, type Database } from './connect.js';
import { RENEW_KEY, readToDo, WIPE } from './finish-purge.js';
import { hasBytes, hasHotJournal } from './first-page.js';
import type { Inspection } from './inspection.js';
import { findUnknownStep } from './migrations.js';

/** Looks into the unlocked database. */
export function lookInside(file: string, key: string): Partial<Inspection> {
  const hasLog = hasBytes(`${file}-wal`);
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
