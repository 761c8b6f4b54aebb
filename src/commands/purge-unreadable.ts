import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import { sizeOf } from '../report/amounts.js';
import { destroyStore, filesOfStore } from '../store/store.js';
import { confirmDeletion } from './confirm.js';
import type { PurgeCommandOptions } from './purge-goal.js';
import { BEYOND } from './purge-outcome.js';
import { notice, print, printJson } from './terminal.js';

/** Deletes a store whose content can’t be read: its files and its key, after showing and asking. */
export async function purgeUnreadable(reason: OffRecordError, options: PurgeCommandOptions): Promise<void> {
  const [dir, keyDir] = [options.store, keyDirOf(options.store)];
  const files = filesOfStore(dir, keyDir);
  if (files.length === 0) throw reason;
  if (options.withRecordings) throw new OffRecordError('store-locked', `${reason.message} ${UNKNOWN_RECORDINGS}`);
  const document = { schema: 'offrecord.purge/1', unreadable: true, reason: reason.message, files };
  if (options.json && options.dryRun) return printJson({ ...document, outcome: 'planned' });
  const say = options.json ? notice : print;
  if (!options.json || !options.yes) say(describe(reason, files));
  if (options.dryRun) return;
  if (!options.yes) await confirmDeletion();
  const accounts = destroyStore(dir, keyDir);
  const left = filesOfStore(dir, keyDir).map(({ path }) => path);
  if (left.length > 0)
    throw new OffRecordError('failed', `Still there: ${left.join(', ')}. Close other offrecords and purge again.`);
  if (options.json) printJson({ ...document, outcome: 'purged', leftInKeychain: accounts });
  else print([DONE, ...accounts.map(leftInKeychain), BEYOND].join('\n'));
}

const UNKNOWN_RECORDINGS =
  'So it can’t be told where its recordings lie. Without --with-recordings the store is deleted unread.';

function describe(reason: OffRecordError, files: { path: string; bytes: number }[]): string {
  const rows = files.map(({ path, bytes }) => `  ${path}  (${sizeOf(bytes)})`);
  return [reason.message, UNREAD, ...rows].join('\n');
}

const UNREAD =
  'So nothing in it could be read: its calls can’t be named, and their recordings and exports, which are not known, stay: delete them yourself. These files would be deleted, keys first:';

function leftInKeychain(account: string): string {
  return `The keychain does not answer, so its entry “offrecord”, ${account}, may still be there: delete it there. It opens nothing but backups of this store.`;
}

const DONE =
  'Deleted. As nothing could be read, there was nothing to search for afterwards; none of these files is left. The next analysis begins an empty store with a new key.';
