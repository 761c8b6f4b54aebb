import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const SALT_BYTES = 16;
const TAG_BYTES = 16;
/** 128 MiB and a third of a second for each guess at the passphrase. */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const MOST_BYTES = 2 ** 30;

/** A database key that only a passphrase opens, with all but the passphrase that is needed to open it. Bytes are hex. */
export interface WrappedKey {
  scrypt: Scrypt;
  nonce: string;
  key: string;
  tag: string;
}

interface Scrypt {
  N: number;
  r: number;
  p: number;
  salt: string;
}

/** Whether a value from a file is a wrapped key. Checked by hand: every command reads it, and a schema library takes long to load. */
export function isWrappedKey(value: unknown): value is WrappedKey {
  const { scrypt, nonce, key, tag } = fieldsOf(value);
  return isScrypt(scrypt) && isHex(nonce, NONCE_BYTES) && isHex(key, KEY_BYTES) && isHex(tag, TAG_BYTES);
}

/** A file from elsewhere must not take all the memory. */
function isScrypt(value: unknown): boolean {
  const { N, r, p, salt } = fieldsOf(value);
  if (!isCount(N) || !isCount(r) || !isCount(p) || !isHex(salt, SALT_BYTES)) return false;
  return N >= 2 && Number.isInteger(Math.log2(N)) && p <= 16 && bytesNeeded({ N, r }) <= MOST_BYTES;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

/** Whether a value is so many bytes as lower-case hex. */
export function isHex(value: unknown, bytes: number): value is string {
  return typeof value === 'string' && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value);
}

/** The fields of an object; of anything else none. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Wraps a key, given as hex, with a passphrase. */
export function wrapKey(key: string, passphrase: string): WrappedKey {
  const scrypt = { ...COST, salt: randomBytes(SALT_BYTES).toString('hex') };
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, stretch(passphrase, scrypt), nonce).setAAD(boundTo(scrypt));
  const wrapped = Buffer.concat([cipher.update(Buffer.from(key, 'hex')), cipher.final()]);
  return {
    scrypt,
    nonce: nonce.toString('hex'),
    key: wrapped.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
  };
}

/** The key as hex, or null when the passphrase is not the one. */
export function unwrapKey({ scrypt, nonce, key, tag }: WrappedKey, passphrase: string): string | null {
  const cipher = createDecipheriv(CIPHER, stretch(passphrase, scrypt), Buffer.from(nonce, 'hex'));
  cipher.setAAD(boundTo(scrypt)).setAuthTag(Buffer.from(tag, 'hex'));
  try {
    return Buffer.concat([cipher.update(Buffer.from(key, 'hex')), cipher.final()]).toString('hex');
  } catch {
    return null;
  }
}

/** One run opens the store several times: each passphrase is stretched once for each salt. */
const stretched = new Map<string, Buffer>();

function stretch(passphrase: string, { N, r, p, salt }: Scrypt): Buffer {
  const known = JSON.stringify([N, r, p, salt, passphrase]);
  const key =
    stretched.get(known) ??
    scryptSync(passphrase.normalize('NFKC'), Buffer.from(salt, 'hex'), KEY_BYTES, {
      N,
      r,
      p,
      maxmem: 2 * bytesNeeded({ N, r }),
    });
  stretched.set(known, key);
  return key;
}

function bytesNeeded({ N, r }: { N: number; r: number }): number {
  return 128 * N * r;
}

/** Whoever changes the parameters in the file gets no key. */
function boundTo({ N, r, p, salt }: Scrypt): Buffer {
  return Buffer.from(`offrecord 1 scrypt ${N} ${r} ${p} ${salt}`);
}
