import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../errors.js';
import { syncFolder } from './private-files.js';

/** The name under which a file is written before it gets its own: beside it, as only there it can be renamed. */
export function draftOf(path: string): string {
  return `${path}.new-${randomBytes(4).toString('hex')}`;
}

/** Writes a new file for its owner alone, through to the disk. */
export function writeDraft(draft: string, pieces: Iterable<string | Uint8Array>): { sha256: string; bytes: number } {
  const handle = openSync(draft, 'wx', 0o600);
  try {
    const sha256 = createHash('sha256');
    let bytes = 0;
    for (const piece of pieces) {
      const block = Buffer.from(piece);
      writeAll(handle, block);
      sha256.update(block);
      bytes += block.length;
    }
    fsyncSync(handle);
    return { sha256: sha256.digest('hex'), bytes };
  } finally {
    closeSync(handle);
  }
}

/** A nearly full disk takes a part first, and refuses the rest. */
function writeAll(handle: number, block: Buffer): void {
  for (let at = 0; at < block.length; ) at += writeSync(handle, block, at);
}

/** Gives a draft its name. Without force never over another file: then it fails with `EEXIST`. */
export function moveInto(draft: string, path: string, force: boolean): void {
  if (force) renameSync(draft, path);
  else linkInto(draft, path);
  syncFolder(dirname(path));
}

function linkInto(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    // A USB stick knows no links; there a moment is left in which another program could make the file.
    if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS)$/.test(systemCode(error) ?? '') || existsSync(path)) throw error;
    renameSync(draft, path);
  }
  rmSync(draft, { force: true });
}

/** Removes what was written of a file that is not to be. */
export function removeDraft(draft: string): void {
  rmSync(draft, { force: true });
}
