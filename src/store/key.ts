import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../errors.js';
import {
  type Found,
  formatRecord,
  isRecord,
  type KeyRecord,
  type KeyWay,
  type Lock,
  openRecord,
  parseRecord,
  recordFor,
} from './key-record.js';
import { removeFromKeychain, writeToKeychain } from './keychain.js';
import { missingKey } from './missing-key.js';
import { askForPassphrase } from './passphrase.js';
import {
  closeFolder,
  makePrivateFile,
  makePrivateFolder,
  makeWhole,
  removeStaleDrafts,
  writePrivateFile,
} from './private-files.js';

const KEY_NAME = 'store.key';
const KEY_BYTES = 32;

/** The file with the store's key, or with what is needed to find or unlock it. */
export function keyFile(configDir: string): string {
  return join(configDir, KEY_NAME);
}

/** Where the next key, or the next way to keep it, waits until it is put in force. */
export function nextKeyFile(configDir: string): string {
  return `${keyFile(configDir)}.next`;
}

/** The way in which the key is kept, without opening it; null where there is no key, or it can't be told. */
export function keyWay(configDir: string): KeyWay | null {
  return readRecords(configDir).find(isRecord)?.way ?? null;
}

/**
 * The keys that may open the store, as hex, likeliest first: two after a renewal that was cut off, none when the key is gone
 * or stays locked. Asks for a passphrase where nothing else opens one.
 */
export function readKeys(configDir: string): string[] {
  const found = readRecords(configDir);
  const keys = found.includes('newer') ? [] : openRecords(found.filter(isRecord));
  if (keys.length > 0) closeFolder(configDir, KEY_NAME);
  return keys;
}

/** The keys that key files hold or lead to; asks for a passphrase where nothing else opens one. */
export function openRecords(records: KeyRecord[]): string[] {
  const keys = records.map(openRecord).filter(key => key !== null);
  if (keys.length > 0 || !records.some(({ way }) => way === 'passphrase')) return keys;
  return askForPassphrase() ? openRecords(records) : keys;
}

/** What the present and the next key file hold. */
export function readRecords(configDir: string): Found[] {
  return [keyFile(configDir), nextKeyFile(configDir)].map(readRecord);
}

/** What a key file holds. */
export function readRecord(file: string): Found {
  try {
    makePrivateFile(file);
    return parseRecord(readFileSync(file, 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'missing';
    throw error;
  }
}

/** The key that a file holds or leads to, as hex, or null. Asks nobody. */
export function readKey(file: string): string | null {
  const record = readRecord(file);
  return isRecord(record) ? openRecord(record) : null;
}

/**
 * The key for a store that is about to be made: the one that is there, or a new random one. Never replaces a key file.
 * @param lock how a new key shall be kept
 * @throws OffRecordError `store-locked` when the key can't be read, `failed` when folder or keychain can't be used
 */
export function keyForNewStore(configDir: string, lock: Lock, database: string): string {
  makePrivateFolder(configDir, KEY_NAME);
  const file = keyFile(configDir);
  removeStaleDrafts(file);
  const isFirst = !existsSync(file) && !existsSync(nextKeyFile(configDir));
  if (isFirst) makeKeyFile(file, newKey(), lock);
  const [key] = readKeys(configDir);
  if (key === undefined) throw missingKey(readRecords(configDir), file, database);
  return key;
}

/** Another process may be quicker: then its key stands, and the one made here goes. */
function makeKeyFile(file: string, key: string, lock: Lock): void {
  const record = recordFor(key, lock);
  makeWhole(file, draft => {
    if (record.way === 'keychain') writeToKeychain(record.account, key);
    writePrivateFile(draft, formatRecord(record));
  });
  if (record.way === 'keychain' && readFileSync(file, 'utf8') !== formatRecord(record))
    removeFromKeychain(record.account);
}

/** A random key as hex. */
export function newKey(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}
