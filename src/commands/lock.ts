import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import { databaseFile, type KeyWay, keyFile, keyWay, openStore, withStore } from '../store/store.js';
import { lockFor, parseWay } from './new-lock.js';
import { type CommonOptions, withCommon } from './options.js';
import { notice, print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  with?: string;
  renew?: boolean;
}

/** Declares `offrecord lock`. */
export function declareLock(program: Command): void {
  withCommon(program.command('lock'))
    .description('show how the key of your calls is kept, or keep it in another way')
    .option('--with <way>', 'keep it by keychain, passphrase or file; passphrase again changes the passphrase')
    .option('--renew', 'also encrypt everything with a new key, so that copies of the old one open nothing any more')
    .action(lock);
}

function lock(options: Options): void {
  const { store: dir, with: asked, renew: renews = false, json } = options;
  const keyDir = keyDirOf(dir);
  const before = keyWay(keyDir);
  // Whoever only looks needs no key; what can't be understood is explained by opening it.
  if (before === null) withStore(dir, keyDir, () => undefined);
  const changed = asked !== undefined && change(parseWay(asked, '--with'), before, dir);
  if (renews) renew(dir);
  const way = keyWay(keyDir);
  if (json)
    printJson({ schema: 'offrecord.lock/1', store: dir, keyFile: keyFile(keyDir), way, changed, renewed: renews });
  else print(describeLock(way, keyFile(keyDir)));
  if (changed && before !== null && way !== 'file' && !renews) notice(OLD_COPIES);
}

const OLD_COPIES =
  'Where an old copy of the key may lie, in a backup for one, add --renew: it makes a new key and encrypts everything anew.';

/** Changes the way, or the passphrase; where nothing is kept yet, makes the store. False where there was nothing to do. */
function change(way: KeyWay, before: KeyWay | null, dir: string): boolean {
  const changed = withStore(dir, keyDirOf(dir), store => {
    if (way === before && way !== 'passphrase') return false;
    store.changeLock(lockFor(way, before === 'passphrase'));
    return true;
  });
  if (changed !== null) return changed;
  if (before !== null && before !== way)
    throw new OffRecordError(
      'failed',
      `${keyFile(keyDirOf(dir))} is there, but its database ${databaseFile(dir)} is not. Move the key away first, or put the database back.`,
    );
  openStore(dir, keyDirOf(dir), lockFor(way, false)).close();
  return before === null;
}

function renew(dir: string): void {
  const done = withStore(dir, keyDirOf(dir), store => {
    store.renewKey();
    return true;
  });
  if (!done) throw new OffRecordError('failed', 'Nothing is kept yet, so there is no key to renew.');
}

/** How the key is kept, for people. */
export function describeLock(way: KeyWay | null, file: string): string {
  if (way === 'keychain')
    return 'The key of your calls is in this computer’s keychain, under “offrecord”: open while you are logged in, and then to your other programs too.';
  if (way === 'passphrase')
    return `The key of your calls is locked with your passphrase (in ${file}). If you forget it, nobody can open them.`;
  if (way === 'file')
    return `The key of your calls lies open in ${file}: you and every program that you run can read it. To lock it: offrecord lock --with passphrase`;
  return 'Nothing is kept yet. The key is made with the first call that is kept, or now: offrecord lock --with passphrase';
}
