import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OffRecordError, systemCode } from '../errors.js';
import { keyFile, readRecord } from './key.js';
import { isRecord } from './key-record.js';
import { removeFromKeychain } from './keychain.js';
import { overwrite } from './next-key.js';
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

/**
 * Deletes a store without opening it, the keys first: what a kill leaves can't be read by anyone.
 * @returns the accounts under which the keychain still has a key, as it does not answer
 */
export function destroyStore(dir: string, configDir: string): string[] {
  mark(databaseFile(dir) + MARKER);
  return finishDestruction(dir, configDir);
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
export function finishDestruction(dir: string, configDir: string): string[] {
  const marker = databaseFile(dir) + MARKER;
  if (!existsSync(marker)) return [];
  const left = keyFiles(configDir).map(destroyKey);
  if (existsSync(configDir)) syncFolder(configDir);
  for (const file of databaseFiles(dir)) rmSync(file, { force: true });
  syncFolder(dir);
  rmSync(marker, { force: true });
  syncFolder(dir);
  return left.filter(account => account !== null);
}

/** Returns the account of a key that is still in the keychain. A keychain that never answers must not keep the store there. */
function destroyKey(file: string): string | null {
  const record = readRecord(file);
  const account = isRecord(record) && record.way === 'keychain' ? record.account : null;
  const isLeft = account !== null && !isRemoved(account);
  overwrite(file);
  rmSync(file, { force: true });
  return isLeft ? account : null;
}

function isRemoved(account: string): boolean {
  try {
    removeFromKeychain(account);
    return true;
  } catch (error) {
    if (error instanceof OffRecordError) return false;
    throw error;
  }
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
