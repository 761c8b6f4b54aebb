import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import { withStore } from '../store/store.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  undo?: boolean;
}

/** Declares `offrecord keep ID`. */
export function declareKeep(program: Command): void {
  withCommon(program.command('keep'))
    .description('pin a call, so that it does not purge itself')
    .argument('<id>', 'id of the call, or its beginning (see: offrecord list)')
    .option('--undo', 'take the pin away')
    .action(keep);
}

/** Purges nothing that has expired: the call may be pinned in the last moment. */
function keep(given: string, options: Options): void {
  const kept = !options.undo;
  const done = withStore(options.store, keyDirOf(options.store), store => {
    const id = store.keep(given, kept);
    return { id, days: store.retention(new Date()).days };
  });
  if (!done) throw new OffRecordError('failed', 'No calls are kept yet. Analyse one with: offrecord analyze FILE');
  if (options.json) printJson({ schema: 'offrecord.keep/1', id: done.id, kept });
  else print(kept ? pinned(done.id) : unpinned(done.id, done.days));
}

function pinned(id: string): string {
  return `${id} is pinned: it stays until you purge it. Take the pin away: offrecord keep ${id} --undo`;
}

function unpinned(id: string, days: number | null): string {
  const until = days === null ? 'it still stays, as retention is off' : `it stays for ${days} days after its analysis`;
  return `${id} is no longer pinned: ${until}.`;
}
