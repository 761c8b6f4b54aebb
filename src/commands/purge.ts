import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { configDir } from '../paths.js';
import { type CallSummary, type Store, withStore } from '../store/store.js';
import { type CommonOptions, withCommon } from './options.js';
import { notice, print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  all?: boolean;
  dryRun?: boolean;
  yes?: boolean;
}

/** Declares `offrecord purge ID…|--all`. */
export function declarePurge(program: Command): void {
  withCommon(program.command('purge'))
    .description('delete calls for good: shows what goes, asks, deletes')
    .argument('[id...]', 'ids of the calls, or their beginnings')
    .option('--all', 'delete everything that is kept, and the key')
    .option('--dry-run', 'only show what would go')
    .option('--yes', 'do not ask')
    .action(purge);
}

async function purge(ids: string[], options: Options): Promise<void> {
  if (ids.length === 0 && !options.all)
    throw new OffRecordError('usage', 'Say what to delete: ids (see: offrecord list), or --all.');
  if (ids.length > 0 && options.all) throw new OffRecordError('usage', 'Give ids or --all, not both.');
  const planned = withStore(options.store, configDir, store => planOf(store, ids));
  if (!planned) {
    if (!options.all) throw new OffRecordError('failed', 'No calls are kept, so there is nothing to delete.');
    return options.json ? printJson(result([], 'nothing')) : print('Nothing is kept.');
  }
  if (!options.json) print(describe(planned, options));
  if (options.dryRun) return options.json ? printJson(result(planned, 'planned')) : undefined;
  if (!options.yes) await confirm();
  const counts = withStore(options.store, configDir, store =>
    options.all ? store.purgeAll() : store.purge(planned.map(({ id }) => id)),
  );
  if (options.json) printJson({ ...result(planned, 'purged'), counts });
  else print(`Deleted for good. ${BEYOND}`);
}

const BEYOND =
  'Not in reach of this program: backups, snapshots, files that you exported or copied yourself, and old blocks that an SSD may hold for a while.';

function planOf(store: Store, ids: string[]): CallSummary[] {
  const calls = store.list();
  if (ids.length === 0) return calls;
  const wanted = new Set(ids.map(id => store.get(id).call.id));
  return calls.filter(({ id }) => wanted.has(id));
}

function describe(calls: CallSummary[], { all }: Options): string {
  const rows = calls.map(({ id, file, analyzedAt }) => `  ${id}  ${analyzedAt.slice(0, 10)}  ${file}`);
  const what = calls.length === 1 ? 'One call' : `${calls.length} calls`;
  const more = all ? ', the beginnings of analyses that were stopped, and the key' : '';
  return [`${what} would be deleted, with transcripts and flags${more}. Recordings stay where they are.`, ...rows].join(
    '\n',
  );
}

function result(calls: CallSummary[], outcome: 'nothing' | 'planned' | 'purged'): object {
  return { schema: 'offrecord.purge/1', outcome, calls: calls.map(({ id, file }) => ({ id, file })) };
}

async function confirm(): Promise<void> {
  if (!process.stdin.isTTY)
    throw new OffRecordError('usage', 'Nothing was deleted: add --yes to delete without being asked.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Delete for good? Type yes: ').finally(() => terminal.close());
  if (answer.trim().toLowerCase() === 'yes') return;
  notice('Nothing was deleted.');
  throw new OffRecordError('interrupted', 'You did not type yes.');
}
