import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { systemCode } from '../errors.js';
import { pathError } from '../source-file.js';

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

/** The files of a batch, and the paths that can't be read, each with a sentence. */
export interface Collected {
  files: FoundFile[];
  failures: { file: string; error: string }[];
}

/** The recordings and transcripts under files and folders, in the order of their names; each file once. Links are not followed. */
export async function collectFiles(paths: string[]): Promise<Collected> {
  const files = new Map<string, FoundFile>();
  const failures: Collected['failures'] = [];
  const collect = async (path: string, isNamed: boolean): Promise<void> => {
    try {
      const stats = await stat(path);
      if (!stats.isDirectory()) files.set(path, { path, bytes: stats.size });
      else for (const entry of await listFolder(path)) await collect(entry, false);
    } catch (error) {
      // Between listing and reading a file may go; only what the user named must be there.
      if (isNamed || systemCode(error) !== 'ENOENT')
        failures.push({ file: path, error: pathError(path, error).message });
    }
  };
  for (const path of paths) await collect(path, true);
  return { files: [...files.values()], failures };
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(entry => !entry.name.startsWith('.') && (entry.isDirectory() || (entry.isFile() && isCall(entry.name))))
    .map(entry => join(folder, entry.name))
    .sort();
}

/** Whether a name is one of a recording or a transcript. */
export function isCall(name: string): boolean {
  return EXTENSIONS.has(extname(name).toLowerCase());
}
