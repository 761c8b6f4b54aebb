import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import { type Expired, type Store, withStore } from '../store/store.js';
import type { CommonOptions } from './options.js';
import { notice } from './terminal.js';

/** Uses the store of a command after the calls that have expired are purged; null where no store has been made yet. */
export function inStore<T>({ store: dir }: CommonOptions, use: (store: Store) => T): T | null {
  return withStore(dir, keyDirOf(dir), store => {
    purgeExpired(store);
    return use(store);
  });
}

/** Purges what has expired and says so. Failing must not keep the person from what else the store holds. */
export function purgeExpired(store: Store, say = notice): void {
  try {
    const now = new Date();
    const { days } = store.retention(now);
    const purged = store.purgeExpired(now);
    if (purged.calls + purged.unfinished > 0) say(purgedSentence(purged, days));
  } catch (error) {
    if (!(error instanceof OffRecordError) || error.kind !== 'failed') throw error;
    say(`Calls that are older than their retention could not be purged yet. ${error.message}`);
  }
}

function purgedSentence({ calls, unfinished, exports = 0 }: Expired, days: number | null): string {
  const what = [
    calls > 0 && `${calls} ${calls === 1 ? 'call' : 'calls'}`,
    exports > 0 && `${exports} ${exports === 1 ? 'file' : 'files'} exported of them`,
    unfinished > 0 && `what was heard in ${unfinished} stopped ${unfinished === 1 ? 'analysis' : 'analyses'}`,
  ].filter(Boolean);
  return `Purged, because it is more than ${days} days since the analysis: ${what.join(', and ')}. Other age, or never: offrecord retention DAYS|off. Pin a call: offrecord keep ID.`;
}
