import { createHash } from 'node:crypto';
import { closeSync, fstatSync, lstatSync, openSync, readSync, type Stats, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../errors.js';
import { record } from './audit-log.js';
import type { Database } from './connect.js';
import { syncFolder } from './private-files.js';

/** Where a recording was when it was analysed, and what it was then. */
export interface Recording {
  path: string;
  sha256: string;
}

/** A file that is to be deleted; the hash is null for a draft, whose bytes nobody knows. */
interface Doomed extends Omit<Recording, 'sha256'> {
  sha256: string | null;
}

/** What is found at the path now. Only the very file that was analysed is `there`. */
export interface FoundRecording {
  state: 'there' | 'missing' | 'changed' | 'unreadable';
  bytes: number;
  /** Further names of the same file (hard links): under these its content stays. */
  otherNames: number;
}

/** What became of a recording in a purge. */
export interface DeletedRecording {
  path: string;
  outcome: 'deleted' | 'missing' | 'changed' | 'failed';
  otherNames: number;
}

const BLOCK_BYTES = 1 << 20;

/** Looks whether the file at a path is still the one that was analysed. */
export function findRecording({ path, sha256 }: Doomed): FoundRecording {
  try {
    const stats = lstatSync(path);
    const isSame = stats.isFile() && (sha256 === null || sha256OfFile(path, stats) === sha256);
    return { state: isSame ? 'there' : 'changed', bytes: stats.size, otherNames: Math.max(0, stats.nlink - 1) };
  } catch (error) {
    const isMissing = /^(ENOENT|ENOTDIR)$/.test(systemCode(error) ?? '');
    return { state: isMissing ? 'missing' : 'unreadable', bytes: 0, otherNames: 0 };
  }
}

/** The hash of the very file that was looked at, or null where another one came into its place. */
function sha256OfFile(path: string, { dev, ino }: Stats): string | null {
  const handle = openSync(path, 'r');
  try {
    const opened = fstatSync(handle);
    if (opened.dev !== dev || opened.ino !== ino) return null;
    const [sha256, block] = [createHash('sha256'), Buffer.alloc(BLOCK_BYTES)];
    for (let bytes = readSync(handle, block); bytes > 0; bytes = readSync(handle, block))
      sha256.update(block.subarray(0, bytes));
    return sha256.digest('hex');
  } finally {
    closeSync(handle);
  }
}

/** Notes the recordings of calls that are being deleted: a purge that is killed can still finish with them. */
export function doomRecordings(db: Database, numbers: number[]): void {
  const doom = db.prepare(`
    insert or ignore into doomed_recordings (path, sha256)
      select recording_path, sha256 from calls where number = ? and recording_path is not null`);
  const forget = db.prepare('update calls set recording_path = null where number = ?');
  for (const number of numbers) {
    doom.run(number);
    forget.run(number);
  }
}

/** Deletes the noted recordings, each only while it is the file that was analysed. */
export function deleteDoomedRecordings(db: Database): DeletedRecording[] {
  const doomed = db.prepare<[], Recording>('select path, sha256 from doomed_recordings order by path').all();
  const done = db.prepare<[Recording]>('delete from doomed_recordings where path = @path and sha256 = @sha256');
  return doomed.map(recording => {
    const deleted = deleteRecording(recording);
    const settle = db.transaction(() => {
      done.run(recording);
      if (deleted.outcome === 'deleted') record(db, 'recordings-purged', { calls: 1 });
    });
    settle.immediate();
    return deleted;
  });
}

/** Deletes a file while it has the bytes that it should have; without a hash whatever they are. */
export function deleteRecording({ path, sha256 }: Doomed): DeletedRecording {
  const { state, otherNames } = findRecording({ path, sha256 });
  if (state !== 'there') return { path, outcome: state === 'unreadable' ? 'failed' : state, otherNames };
  try {
    unlinkSync(path);
    syncFolder(dirname(path));
    return { path, outcome: 'deleted', otherNames };
  } catch (error) {
    return { path, outcome: systemCode(error) === 'ENOENT' ? 'missing' : 'failed', otherNames };
  }
}
