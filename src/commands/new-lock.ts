import { existsSync } from 'node:fs';
import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import {
  givenPassphrases,
  hasStore,
  KEY_WAYS,
  type KeyWay,
  keychainFailure,
  keyFile,
  type Lock,
  newPassphrase,
} from '../store/store.js';
import { askLine } from './ask.js';

/**
 * How the key of a new store shall be kept: as `OFFRECORD_KEY` says, by a passphrase that was given, by the keychain where one
 * answers, else as the person at the terminal says. A key is put into a file only for who has chosen that.
 * @throws OffRecordError `usage` in a script that has not said it
 */
function chooseLock(configDir: string): Lock {
  const said = process.env.OFFRECORD_KEY;
  if (said) return lockFor(parseWay(said, 'OFFRECORD_KEY'), false);
  if (givenPassphrases().length > 0) return lockFor('passphrase', false);
  const failure = keychainFailure();
  if (failure === null) return { way: 'keychain' };
  const answer = askLine(QUESTION);
  if (answer !== null) return lockFor(wayOf(answer), false);
  throw new OffRecordError('usage', notChosen(keyFile(configDir)));
}

/** How the key of a new store shall be kept; undefined where there is a store or a key already. */
export function lockOfNew(storeDir: string): Lock | undefined {
  const keyDir = keyDirOf(storeDir);
  return hasStore(storeDir, keyDir) || existsSync(keyFile(keyDir)) ? undefined : chooseLock(keyDir);
}

function notChosen(file: string): string {
  return [
    'No keychain can be used here, so say first how the key of your calls shall be kept (nothing was analysed yet).',
    `OFFRECORD_KEY=file puts it into ${file}, where every program that you run can read it,`,
    'OFFRECORD_PASSPHRASE=… locks it with a passphrase, and --no-save keeps nothing.',
  ].join(' ');
}

const QUESTION = `
Your calls will be kept encrypted. No keychain can be used here, so how shall the key be kept?
  1  by a passphrase: you type it for each command that needs your calls. If you forget it, nobody can open them.
  2  in a file: nothing to type, but every program that you run can read it.
Type 1 or 2: `.trimStart();

function wayOf(answer: string): KeyWay {
  const way = new Map<string, KeyWay>([
    ['1', 'passphrase'],
    ['2', 'file'],
  ]).get(answer.trim());
  if (way !== undefined) return way;
  throw new OffRecordError('usage', `“${answer}” is neither 1 nor 2, so nothing was kept. Run the same command again.`);
}

/** One of the ways to keep a key, named by the person. */
export function parseWay(value: string, source: string): KeyWay {
  const way = KEY_WAYS.find(one => one === value);
  if (way !== undefined) return way;
  throw new OffRecordError('usage', `${source} is “${value}”. Say one of ${KEY_WAYS.join(', ')}.`);
}

/**
 * What a way needs: a keychain that answers, or a new passphrase.
 * @param isChange whether a passphrase is in force now
 */
export function lockFor(way: KeyWay, isChange: boolean): Lock {
  if (way === 'passphrase') return { way, passphrase: newPassphrase(isChange) };
  const failure = way === 'keychain' ? keychainFailure() : null;
  if (failure === null) return { way };
  throw new OffRecordError('failed', `${failure} Nothing was changed. Take a passphrase instead: --with passphrase`);
}
