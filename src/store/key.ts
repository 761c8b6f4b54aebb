import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../errors.js';
import { refusal } from './first-page.js';
import {
  closeFolder,
  makePrivateFile,
  makePrivateFolder,
  makeWhole,
  removeStaleDrafts,
  syncFolder,
  writePrivateFile,
} from './private-files.js';

const KEY_NAME = 'store.key';
const KEY_BYTES = 32;

/** The file with the store's key. */
export function keyFile(configDir: string): string {
  return join(configDir, KEY_NAME);
}

/** Where the next key waits while the database is being changed to it. */
function nextKeyFile(configDir: string): string {
  return `${keyFile(configDir)}.next`;
}

/** The keys that may open the store, as hex, likeliest first: two after a renewal that was cut off, none when the key is gone. */
export function readKeys(configDir: string): string[] {
  const keys = [keyFile(configDir), nextKeyFile(configDir)].map(readKey).filter(key => key !== null);
  if (keys.length > 0) closeFolder(configDir, KEY_NAME);
  return keys;
}

/** What is wrong when there is no key. */
export function describeMissingKey(configDir: string): string {
  const file = keyFile(configDir);
  return existsSync(file) ? `its key ${file} is damaged` : `its key ${file} is missing`;
}

function readKey(file: string): string | null {
  try {
    makePrivateFile(file);
    const text = readFileSync(file, 'utf8').trim();
    return /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : null;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The key for a store that is about to be made: the one that is there, or a new random one. Never replaces a key file.
 * @throws OffRecordError `store-locked` when the key file is damaged, `failed` when the folder can't be used
 */
export function keyForNewStore(configDir: string): string {
  makePrivateFolder(configDir, KEY_NAME);
  const file = keyFile(configDir);
  removeStaleDrafts(file);
  const isFirst = !existsSync(file) && !existsSync(nextKeyFile(configDir));
  if (isFirst) makeWhole(file, draft => writePrivateFile(draft, newKey()));
  const [key] = readKeys(configDir);
  if (key === undefined) throw refusal(describeMissingKey(configDir));
  return key;
}

function newKey(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}

/** Whether a renewal of the key is under way or was cut off. */
export function hasNextKey(configDir: string): boolean {
  return existsSync(nextKeyFile(configDir));
}

/** The key that waits, as hex, or null. */
export function readNextKey(configDir: string): string | null {
  return readKey(nextKeyFile(configDir));
}

/** Writes a new random key beside the present one and returns it; `promoteNextKey` puts it in force. Only for who has the database alone. */
export function writeNextKey(configDir: string): string {
  const key = newKey();
  dropNextKey(configDir);
  writePrivateFile(nextKeyFile(configDir), key);
  syncFolder(configDir);
  return key;
}

/** Removes a next key that was never put in force. Only for who has the database alone. */
export function dropNextKey(configDir: string): void {
  rmSync(nextKeyFile(configDir), { force: true });
}

/**
 * Destroys the present key and puts the next one in its place. Only for who has the database alone.
 * Cut off in between, the next key still opens the store.
 */
export function promoteNextKey(configDir: string): void {
  const present = keyFile(configDir);
  if (existsSync(present)) overwrite(present);
  renameSync(nextKeyFile(configDir), present);
  syncFolder(configDir);
}

/** Writes random bytes over a key. A file that is only renamed over or removed stays readable on the disk for a while. */
export function overwrite(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    writeSync(handle, randomBytes(2 * KEY_BYTES), 0, 2 * KEY_BYTES, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
