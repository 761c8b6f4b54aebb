import { systemCode } from '../errors.js';
import { BUSY_SECONDS } from './failures.js';

/** Tells the person that another process is waited for; what it returns is called when that is over. */
export type TellWaiting = () => () => void;

/** A purge of thousands of calls writes the whole database anew, and nobody else can write meanwhile. */
const MOST_SECONDS = 120;

let tell: TellWaiting | null = null;

/** Says how the person is told. Until then nothing waits for longer than SQLite itself does. */
export function tellWaitingWith(teller: TellWaiting): void {
  tell = teller;
}

/** Runs work that does all or nothing, and again as long as another process keeps the database to itself. */
export function patiently<T>(work: () => T): T {
  let over: (() => void) | null = null;
  try {
    for (let left = MOST_SECONDS; ; left -= BUSY_SECONDS) {
      try {
        return work();
      } catch (error) {
        if (tell === null || left <= 0 || !/^SQLITE_BUSY/.test(systemCode(error) ?? '')) throw error;
        over ??= tell();
      }
    }
  } finally {
    over?.();
  }
}
