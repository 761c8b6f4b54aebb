import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { noRoom } from './refusals.js';

/** Left free, so that the disk is not full to the last byte. */
const MARGIN_BYTES = 20e6;

/**
 * Checks that a folder, which may not be there yet, has room.
 * @throws OffRecordError `failed` with what is free and what is needed
 */
export async function checkSpace(folder: string, bytes: number): Promise<void> {
  if (bytes <= 0) return;
  const { bavail, bsize } = await statfs(nearest(folder));
  const [free, needed] = [bavail * bsize, bytes + MARGIN_BYTES];
  if (free < needed) throw noRoom(folder, needed, free);
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}
