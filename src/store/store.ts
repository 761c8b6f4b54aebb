import { type AuditEntry, readLog, record } from './audit-log.js';
import { clearCheckpoints, listUnfinished, readCheckpoints, saveCheckpoint, type Unfinished } from './checkpoints.js';
import { destroyStore as destroyFiles, filesOfStore, finishDestruction, type StoreFile } from './destroy.js';
import { dismissFlag } from './dismissals.js';
import { type Edits, editCall } from './edits.js';
import { type FoundExport, listExports } from './exported.js';
import { type ExportedFile, type ExportRequest, exportCalls, type Render, readForExport } from './exports.js';
import { explained } from './failures.js';
import { beginNewKey, finishPurge } from './finish-purge.js';
import { resolveId } from './ids.js';
import { countKept, type Kept } from './kept.js';
import type { Lock } from './key-record.js';
import { databaseFile, hasDatabase, openDatabase } from './open.js';
import { patiently } from './patience.js';
import { type PurgePlan, planPurge, type Selection } from './plan.js';
import { type PurgeOptions, type PurgeResult, purgeCalls, purgeEverything } from './purge.js';
import { changeLock } from './renew-key.js';
import { getReport, type Saved, saveReport, saveReports } from './reports.js';
import { type Expired, keepCall, purgeExpired, type Retention, readRetention, setRetention } from './retention.js';
import { idsWithLabel, type SearchHit, type SearchQuery, searchLines } from './search.js';
import { type SearchedFiles, searchFiles as searchOnDisk } from './search-files.js';
import { type SearchedInside, searchInside } from './search-inside.js';
import { settleExports } from './settle-exports.js';
import { countFlags, type Statistics } from './statistics.js';
import type { Store } from './store-methods.js';
import { type CallSummary, countCalls, listCalls } from './summaries.js';
import { type Fragments, takeFragments } from './take-fragments.js';

export { type ExportKind, nameCommand } from './audit-log.js';
export { proveSqlite } from './connect.js';
export { lookAtExport } from './exported.js';
export { inspectStore } from './inspect.js';
export type { Inspection } from './inspection.js';
export { keyFile, keyWay } from './key.js';
export { KEY_WAYS, type KeyWay, type Lock } from './key-record.js';
export { keychainFailure } from './keychain.js';
export { askPassphrasesWith, givenPassphrases, newPassphrase } from './passphrase.js';
export { tellWaitingWith } from './patience.js';
export { findPlaces } from './places.js';
export { type DeletedRecording, type FoundRecording, findRecording } from './recordings.js';
export { DEFAULT_RETENTION_DAYS } from './retention.js';
export { NOTHING_COUNTED } from './statistics.js';
export {
  type AuditEntry,
  type CallSummary,
  databaseFile,
  type Edits,
  type Expired,
  type ExportedFile,
  type ExportRequest,
  type FoundExport,
  type Fragments,
  filesOfStore,
  type Kept,
  type PurgeOptions,
  type PurgePlan,
  type PurgeResult,
  type Render,
  type Retention,
  type Saved,
  type SearchedFiles,
  type SearchedInside,
  type SearchHit,
  type SearchQuery,
  type Selection,
  type Statistics,
  type Store,
  type StoreFile,
  type Unfinished,
};

/**
 * Opens the store in a folder, its key in another; makes what is missing.
 * @param lock how the key of a new store shall be kept
 * @throws OffRecordError `store-locked` when a database is there but can't be opened (it is left as it is), `failed` for the rest
 */
export function openStore(dir: string, configDir: string, lock: Lock = { way: 'file' }): Store {
  const file = databaseFile(dir);
  const run = <T>(work: () => T): T => explained(file, work);
  const wait = <T>(work: () => T): T => explained(file, () => patiently(work));
  run(() => finishDestruction(dir, configDir));
  const db = wait(() => openDatabase(dir, configDir, lock));
  run(() => finishPurge(db, configDir));
  run(() => settleExports(db));
  return {
    save: (report, recording) => wait(() => saveReport(db, report, recording)),
    saveAll: reports => wait(() => saveReports(db, reports)),
    list: most => wait(() => listCalls(db, most)),
    count: () => wait(() => countCalls(db)),
    get: id => wait(() => getReport(db, id)),
    statistics: () => wait(() => countFlags(db)),
    search: query => wait(() => searchLines(db, query)),
    edit: (id, edits) => wait(() => editCall(db, id, edits)),
    dismiss: (id, flag, dismissed) => wait(() => dismissFlag(db, id, flag, dismissed)),
    idsWithLabel: label => wait(() => idsWithLabel(db, label)),
    version: () => run(() => Number(db.pragma('data_version', { simple: true }))),
    keep: (id, kept) => wait(() => keepCall(db, id, kept)),
    retention: now => wait(() => readRetention(db, now)),
    setRetention: days => wait(() => setRetention(db, days)),
    purgeExpired: now => run(() => purgeExpired(db, configDir, now)),
    purge: (ids, options) => run(() => purgeCalls(db, ids, options)),
    purgeAll: options => run(() => purgeEverything(db, configDir, options)),
    plan: selection => wait(() => planPurge(db, selection)),
    fragments: (plan, transcriptsOnly) => wait(() => takeFragments(db, plan, transcriptsOnly)),
    findFragments: ({ finder }) => run(() => searchInside(db, finder)),
    changeLock: to => run(() => changeLock(db, configDir, to)),
    renewKey: () => run(() => beginNewKey(db, configDir, 'The store is as it was')),
    checkpoints: (sha256, settings) => wait(() => readCheckpoints(db, sha256, settings)),
    saveCheckpoint: (sha256, settings, windowKey, pieces) =>
      wait(() => saveCheckpoint(db, sha256, settings, windowKey, pieces)),
    clearCheckpoints: sha256 => wait(() => clearCheckpoints(db, sha256)),
    unfinished: () => wait(() => listUnfinished(db)),
    exportTo: (request, render) => wait(() => exportCalls(db, request, render)),
    readForExport: (id, kind) => wait(() => readForExport(db, id, kind)),
    wholeIds: ids => wait(() => [...new Set(ids.map(id => resolveId(db, id)))]),
    exports: () => wait(() => listExports(db)),
    record: (event, details) => wait(() => record(db, event, details)),
    log: most => wait(() => readLog(db, most)),
    kept: () => wait(() => countKept(db)),
    close: () => db.close(),
  };
}

/** Whether a store has been made in a folder. One that was being destroyed when that was cut off is none. */
export function hasStore(dir: string, configDir: string): boolean {
  return explained(dir, () => {
    finishDestruction(dir, configDir);
    return hasDatabase(dir);
  });
}

/** Uses the store of a folder and closes it; null where no store has been made yet. */
export function withStore<T>(dir: string, configDir: string, use: (store: Store) => T): T | null {
  if (!hasStore(dir, configDir)) return null;
  const store = openStore(dir, configDir);
  try {
    return use(store);
  } finally {
    store.close();
  }
}

/** Looks for fragments in the raw bytes of every file of a store and its key, and of others. Only while no store is open in this process. */
export function searchFiles(
  dir: string,
  configDir: string,
  { finder }: Fragments,
  others: string[] = [],
): SearchedFiles {
  return explained(dir, () => searchOnDisk(dir, configDir, finder, others));
}

/**
 * Deletes a store that can't be opened, with its keys; the next opening makes an empty one.
 * @returns the accounts under which the keychain still has a key, as it does not answer
 */
export function destroyStore(dir: string, configDir: string): string[] {
  return explained(dir, () => destroyFiles(dir, configDir));
}
