import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors.js';
import { keyFile, overwrite } from './key.js';
import { databaseFile } from './open.js';
import { syncFolder, writePrivateFile } from './private-files.js';

/** A file of a store with its size. */
export interface StoreFile {
  path: string;
  bytes: number;
}

/** Says that the store is being destroyed: from here on a kill is finished by the next start. */
const MARKER = '.destroy';

/** The files that a store is made of: database, log and journal, keys, and drafts of these. */
export function filesOfStore(dir: string, configDir: string): StoreFile[] {
  return [...keyFiles(configDir), ...databaseFiles(dir)].map(path => ({
    path,
    bytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0,
  }));
}

/** Deletes a store without opening it, the keys first: what a kill leaves can't be read by anyone. */
export function destroyStore(dir: string, configDir: string): StoreFile[] {
  const files = filesOfStore(dir, configDir);
  mark(databaseFile(dir) + MARKER);
  finishDestruction(dir, configDir);
  return files;
}

function mark(marker: string): void {
  try {
    writePrivateFile(marker, '');
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  syncFolder(dirname(marker));
}

/** Finishes what a killed `destroyStore` began; does nothing where none was begun. */
export function finishDestruction(dir: string, configDir: string): void {
  const marker = databaseFile(dir) + MARKER;
  if (!existsSync(marker)) return;
  for (const key of keyFiles(configDir)) {
    overwrite(key);
    rmSync(key, { force: true });
  }
  if (existsSync(configDir)) syncFolder(configDir);
  for (const file of databaseFiles(dir)) rmSync(file, { force: true });
  syncFolder(dir);
  rmSync(marker, { force: true });
  syncFolder(dir);
}

function keyFiles(configDir: string): string[] {
  return filesFrom(keyFile(configDir));
}

function databaseFiles(dir: string): string[] {
  return filesFrom(databaseFile(dir));
}

/** The file with log, journal, next key and drafts; never a copy that the person put beside it. */
function filesFrom(file: string): string[] {
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  const isOurs = (name: string): boolean =>
    name.startsWith(basename(file)) && OURS.test(name.slice(basename(file).length));
  const entries = readdirSync(folder, { withFileTypes: true });
  const ours = entries.filter(entry => entry.isFile() && isOurs(entry.name));
  return ours.map(({ name }) => join(folder, name)).sort();
}

const OURS = /^(|-wal|-shm|-journal|\.next|\.new-[0-9a-f]+(-journal|-wal|-shm)?)$/;
