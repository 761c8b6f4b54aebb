import { randomBytes } from 'node:crypto';
import { OffRecordError } from '../errors.js';
import { readFromKeychain } from './keychain.js';
import { givenPassphrases, rememberPassphrase } from './passphrase.js';
import { fieldsOf, isHex, isWrappedKey, unwrapKey, type WrappedKey, wrapKey } from './wrapped-key.js';

/** The ways in which a store's key can be kept. */
export const KEY_WAYS = ['keychain', 'passphrase', 'file'] as const;
export type KeyWay = (typeof KEY_WAYS)[number];

/** How a key shall be kept. */
export type Lock = { way: 'keychain' } | { way: 'file' } | { way: 'passphrase'; passphrase: string };

const VERSION = 1;
const ACCOUNT_BYTES = 8;
const BARE_KEY = /^[0-9a-f]{64}$/i;

/** What a key file holds: the bare key, the name of its entry in the keychain, or the key wrapped with a passphrase. */
export type KeyRecord =
  | { way: 'file'; key: string }
  | { way: 'keychain'; account: string }
  | { way: 'passphrase'; wrapped: WrappedKey };

/** What was found in a key file's place: `newer` is the record of a later version of the program. */
export type Found = KeyRecord | 'newer' | 'damaged' | 'missing';

/** Reads the content of a key file. */
export function parseRecord(text: string): Found {
  if (BARE_KEY.test(text.trim())) return { way: 'file', key: text.trim().toLowerCase() };
  const { offrecordKey: version, way, account, wrapped } = fieldsOf(parseJson(text));
  if (!Number.isSafeInteger(version) || Number(version) < 1) return 'damaged';
  if (Number(version) > VERSION) return 'newer';
  if (way === 'keychain' && isHex(account, ACCOUNT_BYTES)) return { way, account };
  return way === 'passphrase' && isWrappedKey(wrapped) ? { way, wrapped } : 'damaged';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether there is a record that this program understands. */
export function isRecord(found: Found): found is KeyRecord {
  return typeof found === 'object';
}

/** The content of a key file. The bare key stays as it always was: 64 hex digits. */
export function formatRecord(record: KeyRecord): string {
  return record.way === 'file' ? record.key : `${JSON.stringify({ offrecordKey: VERSION, ...record }, null, 2)}\n`;
}

/** The record for a key. A keychain's record names an entry that is still to be written. */
export function recordFor(key: string, lock: Lock): KeyRecord {
  if (lock.way === 'file') return { way: 'file', key };
  if (lock.way === 'keychain') return { way: 'keychain', account: randomBytes(ACCOUNT_BYTES).toString('hex') };
  rememberPassphrase(lock.passphrase);
  return { way: 'passphrase', wrapped: wrapKey(key, lock.passphrase) };
}

/** The key of a record as hex; null while the keychain, or a passphrase that was given, does not open it. */
export function openRecord(record: KeyRecord): string | null {
  if (record.way === 'file') return record.key;
  if (record.way === 'keychain') return lookUp(record.account);
  const keys = givenPassphrases().map(passphrase => unwrapKey(record.wrapped, passphrase));
  return keys.find(key => key !== null) ?? null;
}

function lookUp(account: string): string | null {
  try {
    const key = readFromKeychain(account);
    return key !== null && BARE_KEY.test(key) ? key : null;
  } catch (error) {
    if (error instanceof OffRecordError) return null;
    throw error;
  }
}

/** The lock of a record: what a new key needs to be kept in the same way. Null for a passphrase that was not given. */
export function lockOf(record: KeyRecord): Lock | null {
  if (record.way !== 'passphrase') return { way: record.way };
  const passphrase = givenPassphrases().find(one => unwrapKey(record.wrapped, one) !== null);
  return passphrase === undefined ? null : { way: 'passphrase', passphrase };
}
