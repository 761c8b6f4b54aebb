import { type Command, InvalidArgumentError } from 'commander';
import { keyDirOf } from '../paths.js';
import { DEFAULT_RETENTION_DAYS, openStore, type Retention, type Store, withStore } from '../store/store.js';
import { lockOfNew } from './new-lock.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson } from './terminal.js';

const MOST_DAYS = 36_500;
const NO_STORE: Retention = { days: DEFAULT_RETENTION_DAYS, kept: 0, expired: 0, next: null };

/** Declares `offrecord retention [DAYS|off]`. */
export function declareRetention(program: Command): void {
  withCommon(program.command('retention'))
    .description('show or set the age after which calls purge themselves')
    .argument('[days]', 'days since the analysis, or off', parseDays)
    .action(retention);
}

/** Purges nothing itself: who sets the wrong number can still set another. */
function retention(days: number | 'off' | undefined, options: CommonOptions): void {
  const read = (store: Store): Retention => store.retention(new Date());
  const keyDir = keyDirOf(options.store);
  if (days !== undefined) setDays(options.store, keyDir, days === 'off' ? null : days);
  const now = withStore(options.store, keyDir, read) ?? NO_STORE;
  if (options.json) printJson({ schema: 'offrecord.retention/1', ...now });
  else print(describeKept(now).join('\n'));
}

function setDays(dir: string, keyDir: string, days: number | null): void {
  const store = openStore(dir, keyDir, lockOfNew(dir));
  try {
    store.setRetention(days);
  } finally {
    store.close();
  }
}

/** How long calls are kept, when the next one goes, and what stays. */
export function describeKept({ days, kept, expired, next }: Retention): string[] {
  return [
    describeRetention(days),
    expired === 0 && next !== null && `The next one goes on ${next}.`,
    kept > 0 && `Pinned: ${kept}.`,
    expired > 0 &&
      `Older already, and gone with the next command that reads the store: ${expired}. Pin what you need: offrecord keep ID.`,
  ].filter(line => line !== false);
}

/** What the setting means, and how to change it. */
export function describeRetention(days: number | null): string {
  if (days === null) return 'Calls stay until you purge them. Let them purge themselves: offrecord retention DAYS.';
  const age = `${days} ${days === 1 ? 'day' : 'days'}`;
  return `A call purges itself ${age} after its analysis. Pin one: offrecord keep ID. Another age, or never: offrecord retention DAYS|off.`;
}

function parseDays(value: string): number | 'off' {
  if (value === 'off') return value;
  const days = Number(value);
  if (/^\d+$/.test(value) && days >= 1 && days <= MOST_DAYS) return days;
  throw new InvalidArgumentError(`“${value}” is neither a number of days from 1 to ${MOST_DAYS} nor off.`);
}
