import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const SALT_BYTES = 16;
/** 128 MiB and a third of a second for each guess at the passphrase. */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const MOST_BYTES = 2 ** 30;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));

/** A database key that only a passphrase opens, with all but the passphrase that is needed to open it. */
export const wrappedKeySchema = z.object({
  scrypt: z
    .object({
      N: z.number().int().min(2),
      r: z.number().int().min(1),
      p: z.number().int().min(1).max(16),
      salt: hex(SALT_BYTES),
    })
    // A file from elsewhere must not take all the memory.
    .refine(({ N, r }) => Number.isInteger(Math.log2(N)) && bytesNeeded({ N, r }) <= MOST_BYTES),
  nonce: hex(NONCE_BYTES),
  key: hex(KEY_BYTES),
  tag: hex(16),
});

export type WrappedKey = z.infer<typeof wrappedKeySchema>;
type Scrypt = WrappedKey['scrypt'];

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
