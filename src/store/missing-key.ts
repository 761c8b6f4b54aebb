import { OffRecordError } from '../errors.js';
import { refusal } from './first-page.js';
import { type Found, isRecord } from './key-record.js';
import { readFromKeychain } from './keychain.js';
import { givenPassphrases } from './passphrase.js';

/**
 * The error for a store whose key can't be had: what is wrong, and what to do.
 * @param found what the key files hold
 * @param file the key file
 * @param database the file that it would open
 */
export function missingKey(found: Found[], file: string, database: string): OffRecordError {
  if (found.includes('newer'))
    return refusal(`its key ${file} was written by a newer offrecord`, 'Update offrecord to open it.');
  const record = found.find(isRecord);
  if (record === undefined) {
    const state = found.includes('damaged') ? 'damaged' : 'missing';
    return refusal(`its key ${file} is ${state}, and nothing else opens ${database}`);
  }
  if (record.way === 'keychain') return notInKeychain(record.account, file);
  return notUnlocked(file);
}

function notInKeychain(account: string, file: string): OffRecordError {
  try {
    readFromKeychain(account);
    const seen = `${file} says that its key is in the keychain, which has no usable entry ${account} of offrecord`;
    return refusal(seen, 'Restore the keychain, or move the store away to begin an empty one.');
  } catch (error) {
    const reason = error instanceof OffRecordError ? error.message.replace(/\.$/, '') : String(error);
    return refusal(
      `${file} says that its key is in the keychain. ${reason}`,
      'Unlock the keychain, or run this in the desktop session that has it.',
    );
  }
}

function notUnlocked(file: string): OffRecordError {
  if (givenPassphrases().length > 0)
    return refusal(
      `the passphrase does not unlock ${file}`,
      'Try again; without the right one nobody can open the store.',
    );
  return refusal(
    `${file} is locked with a passphrase, and none was given`,
    'Run this in a terminal, or give it in OFFRECORD_PASSPHRASE or OFFRECORD_PASSPHRASE_FD.',
  );
}
