import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { OffRecordError } from '../errors.js';

/** What `batch` picks up in folders; a file named directly is always tried. */
const EXTENSIONS = new Set(
  [
    '.wav .mp3 .m4a .aac .ogg .oga .opus .flac .wma .aif .aiff .amr .3gp .caf',
    '.webm .mp4 .m4v .mkv .mov .avi .vtt .srt .txt .json',
  ].flatMap(line => line.split(' ')),
);

/** A file to analyse. */
export interface FoundFile {
  path: string;
  bytes: number;
}

/**
 * The recordings and transcripts under files and folders, in the order of their names; each file once. Links are not followed.
 * @throws OffRecordError `failed` for a path that does not exist
 */
export async function collectFiles(paths: string[]): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const path of paths) {
    const stats = await stat(path).catch(error => {
      throw new OffRecordError('failed', `There is no file or folder ${path}. Check the name.`, { cause: error });
    });
    const files = stats.isDirectory() ? await listFolder(path) : [path];
    for (const file of files) found.set(file, { path: file, bytes: (await stat(file)).size });
  }
  return [...found.values()];
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter(entry => entry.isFile() && !entry.name.startsWith('.') && EXTENSIONS.has(extname(entry.name).toLowerCase()))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}
