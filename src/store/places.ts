import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { explained } from './failures.js';
import { keyFile } from './key.js';
import { databaseFile } from './open.js';

/** A file or folder of a store as it is now. */
export interface Place {
  what: 'store' | 'key';
  path: string;
  isFolder: boolean;
  bytes: number;
  /** Such as `600`; null where the system has no such modes. */
  mode: string | null;
  /** Whether other users of this computer have any right on it. */
  isOpenToOthers: boolean;
}

const HAS_MODES = process.platform !== 'win32';

/** The files and folders of a store that are there. Only looks. */
export function findPlaces(dir: string, configDir: string): Place[] {
  return explained(dir, () => [...placesOf('store', databaseFile(dir)), ...placesOf('key', keyFile(configDir))]);
}

/** A folder, and in it the file with all that belongs to it: log, journal, next key, drafts. */
function placesOf(what: Place['what'], file: string): Place[] {
  const folder = dirname(file);
  const folderStats = statSync(folder, { throwIfNoEntry: false });
  if (!folderStats?.isDirectory()) return [];
  const paths = readdirSync(folder)
    .filter(name => name.startsWith(basename(file)))
    .sort()
    .map(name => join(folder, name));
  const files = paths.map(path => [path, statSync(path, { throwIfNoEntry: false })] as const);
  return [[folder, folderStats] as const, ...files].flatMap(([path, stats]) =>
    stats ? toPlace(what, path, stats) : [],
  );
}

function toPlace(what: Place['what'], path: string, stats: Stats): Place {
  const mode = stats.mode & 0o777;
  return {
    what,
    path,
    isFolder: stats.isDirectory(),
    bytes: stats.isDirectory() ? 0 : stats.size,
    mode: HAS_MODES ? mode.toString(8) : null,
    isOpenToOthers: HAS_MODES && (mode & 0o077) !== 0,
  };
}
