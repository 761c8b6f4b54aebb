import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OffRecordError, systemCode } from '../errors.js';

/** Windows has no such modes: there a user's own folders are closed to other users already. */
const HAS_MODES = process.platform !== 'win32';
const DRAFT = '.new-';
/** No draft is worked on for so long: an older one was left by a process that was killed. */
const STALE_DRAFT_MS = 10 * 60 * 1000;

/** Makes a folder for its owner alone, with the folders above it, or closes one that is there. */
export function makePrivateFolder(folder: string, ours: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  closeFolder(folder, ours);
}

/**
 * Takes the rights of group and others from a folder that is empty or holds the file `ours`.
 * @throws OffRecordError `failed` for a folder that other users can enter and that holds other things: closing it could break them
 */
export function closeFolder(folder: string, ours: string): void {
  if (!isOpenToOthers(folder)) return;
  const names = readdirSync(folder);
  if (names.length > 0 && !names.includes(ours)) {
    const sentence = `${folder} is open to other users and holds other files, so it was not closed for the store. Name a folder of its own.`;
    throw new OffRecordError('failed', sentence);
  }
  chmodSync(folder, 0o700);
}

/** Takes the rights of group and others from a file, where there is one. */
export function makePrivateFile(file: string): void {
  if (isOpenToOthers(file)) chmodSync(file, 0o600);
}

/** Whether there is such a file or folder, and group or others have any right on it. */
function isOpenToOthers(path: string): boolean {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return HAS_MODES && (mode & 0o077) !== 0;
}

/**
 * Has a file made under another name and then gives it its own: after a kill it is there whole or not at all.
 * Never over an existing file: then that one stays.
 * @param write makes the draft, which does not exist yet
 */
export function makeWhole(file: string, write: (draft: string) => void): void {
  const draft = `${file}${DRAFT}${randomBytes(4).toString('hex')}`;
  try {
    write(draft);
    linkSync(draft, file);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(file));
}

/** Writes a new file, mode 0600, through to the disk. Fails with `EEXIST` where there is one. */
export function writePrivateFile(file: string, content: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes the names in a folder through to the disk, where the system can. */
export function syncFolder(folder: string): void {
  if (!HAS_MODES) return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes what is left of a file’s drafts when a process was killed. */
export function removeStaleDrafts(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder).filter(entry => entry.startsWith(basename(file) + DRAFT))) {
    const draft = join(folder, name);
    const changedMs = statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changedMs > STALE_DRAFT_MS) rmSync(draft, { force: true });
  }
}
