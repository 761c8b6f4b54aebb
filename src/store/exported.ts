import type { Database } from './connect.js';
import { type DeletedRecording, deleteRecording, type FoundRecording, findRecording } from './recordings.js';

/** A file that the program has made of calls. It is deleted with any of them. */
export interface Exported {
  path: string;
  sha256: string;
  bytes: number;
  /** UTC, ISO 8601. */
  exportedAt: string;
  calls: number;
}

/** An exported file as it was found. Only with the bytes that were written it is `there`. */
export interface FoundExport extends Exported {
  state: FoundRecording['state'];
}

/** The files that were exported, as they are now. */
export function listExports(db: Database): FoundExport[] {
  return readExports(db, '').map(({ others: _, ...exported }) => lookAtExport(exported));
}

/** Looks whether an exported file still has the bytes that were written. */
export function lookAtExport(exported: Exported): FoundExport {
  return { ...exported, state: findRecording(exported).state };
}

/** The files that go with some calls, by their ids; `others` are calls in it that stay in the store. */
export function exportsOf(db: Database, ids: string[]): (Exported & { others: number })[] {
  return readExports(db, 'having others < calls', ids);
}

/** A file that is still being written has a draft, and is none yet. */
function readExports(db: Database, having: string, ids: string[] = []): (Exported & { others: number })[] {
  return db
    .prepare<[string], Exported & { others: number }>(`
      select exports.path, exports.sha256, exports.bytes, exported_at as exportedAt, count(*) as calls,
        sum(calls.id not in (select value from json_each(?))) as others
      from exports join export_calls on export = exports.number join calls on calls.number = export_calls.call
      where draft is null group by exports.number ${having} order by exports.path, exported_at`)
    .all(JSON.stringify(ids));
}

/**
 * Notes the exported files of a call that is being deleted, and forgets them otherwise: a purge that is killed can still finish
 * with them. Without a number those of all calls.
 * @returns how many files
 */
export function doomExports(db: Database, call?: number): number {
  const which = call === undefined ? 'true' : 'number in (select export from export_calls where call = @call)';
  const run = (sql: string): number => db.prepare(sql).run(call === undefined ? {} : { call }).changes;
  run(`insert into doomed_exports (path) select draft from exports where draft is not null and ${which}`);
  run(
    `insert into doomed_exports (path, sha256) select path, sha256 from exports where sha256 is not null and ${which}`,
  );
  return run(`delete from exports where ${which}`);
}

/** Deletes the noted files: exports only while they have the bytes that were written, drafts of them always. */
export function deleteDoomedExports(db: Database): DeletedRecording[] {
  const doomed = db.prepare<[], { number: number; path: string; sha256: string | null }>(
    'select number, path, sha256 from doomed_exports order by path',
  );
  const done = db.prepare('delete from doomed_exports where number = ?');
  const outcomes = doomed.all().flatMap(({ number, path, sha256 }) => {
    const deleted = deleteRecording({ path, sha256 });
    done.run(number);
    return sha256 === null && deleted.outcome !== 'failed' ? [] : [deleted];
  });
  const gone = new Set(outcomes.filter(({ outcome }) => outcome === 'deleted').map(({ path }) => path));
  // A file that was exported twice to one place had other bytes once.
  return outcomes.filter(({ outcome, path }) => outcome === 'deleted' || !gone.has(path));
}
