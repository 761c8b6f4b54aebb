import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { OffRecordError } from '../errors.js';
import { keyFile, newKey, nextKeyFile, readKey, readKeys, readRecord } from './key.js';
import { formatRecord, isRecord, type Lock, lockOf, recordFor } from './key-record.js';
import { removeFromKeychain, writeToKeychain } from './keychain.js';
import { syncFolder, writePrivateFile } from './private-files.js';

/**
 * Writes a key beside the present one and proves that it can be read back; `promoteNextKey` puts it in force.
 * Only for who has the database's write lock.
 * @param lock how it shall be kept; without it, as the present one
 */
export function writeNextKey(configDir: string, key = newKey(), lock = lockInForce(configDir)): string {
  settleNextKey(configDir, readKeys(configDir)[0]);
  const file = nextKeyFile(configDir);
  const record = recordFor(key, lock);
  try {
    writePrivateFile(file, formatRecord(record));
    syncFolder(configDir);
    if (record.way === 'keychain') writeToKeychain(record.account, key);
    if (readKey(file) !== key) throw new OffRecordError('failed', `${file} can’t be read back. The old key stays.`);
    return key;
  } catch (error) {
    dropNextKey(configDir);
    throw error;
  }
}

function lockInForce(configDir: string): Lock {
  const record = readRecord(keyFile(configDir));
  const lock = isRecord(record) ? lockOf(record) : null;
  if (lock !== null) return lock;
  const sentence = `The lock of ${keyFile(configDir)} was changed meanwhile, so the key was not renewed. Try again.`;
  throw new OffRecordError('failed', sentence);
}

/** Whether a change of the key is under way or was cut off. */
export function hasNextKey(configDir: string): boolean {
  return existsSync(nextKeyFile(configDir));
}

/**
 * Ends a change that was cut off: the present key file stays when it leads to the key in force, else the next one takes over.
 * Only for who has the database's write lock.
 * @param key the key that opens the database
 */
export function settleNextKey(configDir: string, key: string | undefined): void {
  if (!hasNextKey(configDir) || key === undefined) return;
  if (readKey(keyFile(configDir)) === key) dropNextKey(configDir);
  else if (readKey(nextKeyFile(configDir)) === key) promoteNextKey(configDir);
}

function dropNextKey(configDir: string): void {
  const record = readRecord(nextKeyFile(configDir));
  try {
    if (isRecord(record) && record.way === 'keychain') removeFromKeychain(record.account);
  } catch (error) {
    // An entry that was never put in force may stay where the keychain is out of reach.
    if (!(error instanceof OffRecordError)) throw error;
  }
  rmSync(nextKeyFile(configDir), { force: true });
}

/**
 * Destroys the present key and puts the next one in its place. Only for who has the database's write lock.
 * Cut off in between, the next key still opens the store.
 * @throws OffRecordError `failed` when the keychain does not let go of the present key; then both are left
 */
export function promoteNextKey(configDir: string): void {
  const present = keyFile(configDir);
  const record = readRecord(present);
  if (isRecord(record) && record.way === 'keychain') removeFromKeychain(record.account);
  if (record !== 'missing') overwrite(present);
  renameSync(nextKeyFile(configDir), present);
  syncFolder(dirname(present));
}

/** Writes random bytes over a key. A file that is only renamed over or removed stays readable on the disk for a while. */
export function overwrite(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    const bytes = fstatSync(handle).size;
    writeSync(handle, randomBytes(bytes), 0, bytes, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
