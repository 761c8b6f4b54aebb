import { closeSync, existsSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../errors.js';
import type { FragmentFinder } from './fragment-finder.js';
import { LONGEST_BYTES } from './fragments.js';

/** What was looked through on the disk, and the files in which fragments were found. */
export interface SearchedFiles {
  files: { path: string; bytes: number }[];
  bytes: number;
  found: string[];
}

const BLOCK_BYTES = 1 << 20;

/**
 * Searches the raw bytes of every file in the folder of a store and in the one of its key, however deep. Only for who has
 * closed the database: to open it beside SQLite and close it again would drop SQLite's locks.
 * @param others further files to look through
 */
export function searchFiles(
  dir: string,
  configDir: string,
  finder: FragmentFinder,
  others: string[] = [],
): SearchedFiles {
  const searched: SearchedFiles = { files: [], bytes: 0, found: [] };
  for (const path of new Set([...[dir, configDir].flatMap(filesUnder), ...others.filter(isFile)])) {
    const looked = lookInto(path, finder);
    if (looked === null) continue;
    searched.files.push({ path, bytes: looked.bytes });
    searched.bytes += looked.bytes;
    if (looked.isFound) searched.found.push(path);
  }
  return searched;
}

/** What came into the place of a file could be a pipe, and reading it would never end. */
function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

/** Null for a file that another process has just removed, such as a log. */
function lookInto(path: string, finder: FragmentFinder): { bytes: number; isFound: boolean } | null {
  try {
    return searchFile(path, finder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Block by block; each is searched with the end of the one before, as a fragment may lie across. */
function searchFile(path: string, finder: FragmentFinder): { bytes: number; isFound: boolean } {
  const handle = openSync(path, 'r');
  try {
    const block = Buffer.alloc(LONGEST_BYTES + BLOCK_BYTES);
    let [bytes, kept, isFound] = [0, 0, false];
    for (;;) {
      const read = readSync(handle, block, kept, BLOCK_BYTES, null);
      if (read === 0) return { bytes, isFound };
      bytes += read;
      const filled = kept + read;
      isFound ||= finder.isIn(block.subarray(0, filled));
      kept = Math.min(LONGEST_BYTES, filled);
      block.copyWithin(0, filled - kept, filled);
    }
  } finally {
    closeSync(handle);
  }
}
