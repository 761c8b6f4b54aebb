import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { OffRecordError, systemCode } from '../errors.js';
import type { Report } from '../types.js';
import { type ExportKind, record } from './audit-log.js';
import type { Database } from './connect.js';
import { draftOf, moveInto, removeDraft, writeDraft } from './export-files.js';
import { resolveId } from './ids.js';
import { findRecording } from './recordings.js';
import { readReport } from './reports.js';

/** A file that is to be made of calls. */
export interface ExportRequest {
  path: string;
  /** What the log calls it. */
  kind: ExportKind;
  /** Ids or unique beginnings of ids. */
  ids: string[];
  /** Whether a file that is there already is replaced. */
  force: boolean;
}

/** A file that was made of calls. */
export interface ExportedFile {
  path: string;
  sha256: string;
  bytes: number;
  calls: string[];
}

/** Turns reports into what a file holds, piece by piece: thousands of calls would not fit into memory. */
export type Render = (reports: Iterable<Report>) => Iterable<string | Uint8Array>;

/**
 * Writes calls into a file, whole or not at all, and remembers it, so that a purge of any of the calls can delete it. The store
 * knows of every file before it is there: what a kill leaves is found by the next opening or purge.
 * @throws OffRecordError `failed` for a file that is there already, or a folder that is not
 */
export function exportCalls(db: Database, request: ExportRequest, render: Render): ExportedFile {
  const path = placeOf(request.path);
  if (!request.force && existsSync(path)) throw alreadyThere(path);
  const begun = begin(db, path, request.ids);
  try {
    const written = writeDraft(begun.draft, render(reportsOf(db, begun.calls)));
    note(db, begun, written, request.kind);
    putInPlace(db, begun, request.force);
    return { path, ...written, calls: begun.calls };
  } catch (error) {
    settle(db, begun.number, begun.draft);
    throw explained(error, path);
  }
}

function explained(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === undefined || code.startsWith('SQLITE')) return error;
  if (code === 'EEXIST') return alreadyThere(path);
  const sentence = `${path} can’t be written (${code}), so nothing was exported to it. Is there room, and may you write there?`;
  return new OffRecordError('failed', sentence, { cause: error });
}

/** Behind links of its folder, so that it is found from anywhere. */
function placeOf(path: string): string {
  const folder = dirname(resolve(path));
  if (!existsSync(folder))
    throw new OffRecordError('failed', `The folder ${folder} is not there, so nothing was exported. Make it first.`);
  return join(realpathSync(folder), basename(path));
}

function alreadyThere(path: string): OffRecordError {
  return new OffRecordError(
    'failed',
    `${path} is there already, so nothing was exported to it. Name another file, or replace it with --force.`,
  );
}

interface Begun {
  number: number;
  path: string;
  draft: string;
  calls: string[];
}

function begin(db: Database, path: string, given: string[]): Begun {
  const draft = draftOf(path);
  const insert = db.transaction((): Begun => {
    const calls = [...new Set(given.map(id => resolveId(db, id)))];
    const { lastInsertRowid } = db.prepare('insert into exports (path, draft) values (?, ?)').run(path, draft);
    const add = db.prepare('insert into export_calls (export, call) select ?, number from calls where id = ?');
    for (const id of calls) add.run(lastInsertRowid, id);
    return { number: Number(lastInsertRowid), path, draft, calls };
  });
  return insert.immediate();
}

function* reportsOf(db: Database, ids: string[]): Generator<Report> {
  for (const id of ids) {
    const report = readReport(db, id);
    if (report === null) throw purgedMeanwhile();
    yield report;
  }
}

function purgedMeanwhile(): OffRecordError {
  return new OffRecordError('failed', 'The call was purged meanwhile, so nothing was exported.');
}

/** What the draft holds, and the lines of the log: before anyone can see the file. */
function note(
  db: Database,
  { number, calls }: Begun,
  written: { sha256: string; bytes: number },
  kind: ExportKind,
): void {
  const write = db.transaction(() => {
    const noted = db.prepare('update exports set sha256 = @sha256, bytes = @bytes where number = @number');
    if (noted.run({ ...written, number }).changes === 0) throw purgedMeanwhile();
    for (const id of calls) recordExport(db, id, kind);
  });
  write.immediate();
}

function recordExport(db: Database, id: string, kind: ExportKind): void {
  const counts = db
    .prepare<[string], { utterances: number; flags: number }>(
      'select utterance_count as utterances, flag_count as flags from calls where id = ?',
    )
    .get(id);
  record(db, `exported-${kind}`, { call: id, ...counts });
}

/** Under the write lock no purge can come between: it finds the draft before, or the file after. */
function putInPlace(db: Database, { number, path, draft }: Begun, force: boolean): void {
  const put = db.transaction(() => {
    if (db.prepare('select 1 from exports where number = ?').get(number) === undefined) throw purgedMeanwhile();
    moveInto(draft, path, force);
    finish(db, number);
  });
  put.immediate();
}

/** The file is there now, and what was exported to its place before is not; but a draft that a kill left still is. */
function finish(db: Database, number: number): void {
  db.prepare('update exports set draft = null where number = ?').run(number);
  db.prepare(`
    delete from exports where number <> @number and draft is null
      and path = (select path from exports where number = @number)`).run({ number });
}

/** Ends an export that was cut off: its draft goes, and it is remembered only where its file is there. */
function settle(db: Database, number: number, draft: string): void {
  removeDraft(draft);
  const end = db.transaction(() => {
    const cut = db
      .prepare<[number], { path: string; sha256: string | null }>('select path, sha256 from exports where number = ?')
      .get(number);
    if (cut === undefined) return;
    const { path, sha256 } = cut;
    if (sha256 !== null && findRecording({ path, sha256 }).state === 'there') finish(db, number);
    else db.prepare('delete from exports where number = ?').run(number);
  });
  end.immediate();
}

/** No export takes so long: one that is older was killed. */
const LONGEST_MINUTES = 10;

/** Ends exports that were killed. Failing must not keep anyone from the store: a later opening tries again. */
export function settleExports(db: Database): void {
  const cutOff = db.prepare<[], { number: number; draft: string }>(`
    select number, draft from exports
    where draft is not null and julianday('now') - julianday(exported_at) > ${LONGEST_MINUTES} / 1440.0`);
  for (const { number, draft } of cutOff.all()) {
    try {
      settle(db, number, draft);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }
}

/** The report of one call, for a place where the program can't find it again. That it went out is written into the log first. */
export function readForExport(db: Database, idOrPrefix: string, kind: ExportKind): Report {
  const read = db.transaction(() => {
    const id = resolveId(db, idOrPrefix);
    recordExport(db, id, kind);
    return readReport(db, id);
  });
  const report = read.immediate();
  if (report === null) throw purgedMeanwhile();
  return report;
}
