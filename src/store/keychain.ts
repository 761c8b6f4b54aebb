import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { OffRecordError } from '../errors.js';

const SERVICE = 'offrecord';
const LONGEST_REASON = 160;
/** Without the store's name, Linux would quietly take the kernel's key ring, which forgets everything at the next start. */
const OPTIONS = { linux: { store: 'secret-service' } } as const;

type Keyring = typeof import('@napi-rs/keyring');
type Entry = InstanceType<Keyring['Entry']>;

/** Why no keychain of the system can be used here, or null. Proven by an entry that is written, read and removed again. */
export function keychainFailure(): string | null {
  const account = `probe-${randomBytes(8).toString('hex')}`;
  try {
    writeToKeychain(account, account);
    removeFromKeychain(account);
    return null;
  } catch (error) {
    return error instanceof OffRecordError ? error.message : String(error);
  }
}

/**
 * Keeps a secret under an account's name and reads it back.
 * @throws OffRecordError `failed` when the keychain does not take it
 */
export function writeToKeychain(account: string, secret: string): void {
  const kept = inKeychain(account, entry => {
    entry.setPassword(secret);
    return entry.getPassword();
  });
  if (kept !== secret) throw new OffRecordError('failed', 'The keychain did not give back what was put into it.');
}

/**
 * The secret under an account's name; null where the keychain knows none.
 * @throws OffRecordError `failed` when the keychain does not answer
 */
export function readFromKeychain(account: string): string | null {
  return inKeychain(account, entry => entry.getPassword());
}

/**
 * Removes what is kept under an account's name, if anything.
 * @throws OffRecordError `failed` when the keychain does not answer
 */
export function removeFromKeychain(account: string): void {
  inKeychain(account, entry => entry.deletePassword());
}

function inKeychain<T>(account: string, work: (entry: Entry) => T): T {
  try {
    // Loaded only here: most runs need no keychain, and some systems have no build of it.
    const { Entry } = createRequire(import.meta.url)('@napi-rs/keyring') as Keyring;
    return work(new Entry(SERVICE, account, OPTIONS));
  } catch (error) {
    throw new OffRecordError('failed', `The keychain does not answer (${reasonOf(error)}).`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
