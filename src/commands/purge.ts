import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import type { CallSummary, Store, Unfinished } from '../store/store.js';
import { inStore } from './in-store.js';
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
  const plan = inStore(options, store => planOf(store, ids));
  if (!plan) {
    if (!options.all) throw new OffRecordError('failed', 'No calls are kept, so there is nothing to delete.');
    return options.json ? printJson(result(NOTHING, 'nothing')) : print('Nothing is kept.');
  }
  if (!options.json) print(describe(plan, options));
  if (options.dryRun) return options.json ? printJson(result(plan, 'planned')) : undefined;
  if (!options.yes) await confirm();
  const counts = inStore(options, store => (options.all ? store.purgeAll() : store.purge(idsOf(plan))));
  if (options.json) printJson({ ...result(plan, 'purged'), counts });
  else print(`Deleted for good. ${BEYOND}`);
}

const BEYOND =
  'Not in reach of this program: backups, snapshots, files that you exported or copied yourself, and old blocks that an SSD may hold for a while.';

/** What a purge would delete. */
interface Plan {
  calls: CallSummary[];
  unfinished: Unfinished[];
}

const NOTHING: Plan = { calls: [], unfinished: [] };

function planOf(store: Store, ids: string[]): Plan {
  const [calls, unfinished] = [store.list(), store.unfinished()];
  if (ids.length === 0) return { calls, unfinished };
  const stopped = unfinished.filter(({ id }) => ids.includes(id));
  const isStopped = (id: string): boolean => stopped.some(one => one.id === id) && !calls.some(call => call.id === id);
  const wanted = new Set(ids.filter(id => !isStopped(id)).map(id => store.get(id).call.id));
  return { calls: calls.filter(({ id }) => wanted.has(id)), unfinished: stopped };
}

function idsOf({ calls, unfinished }: Plan): string[] {
  return [...calls, ...unfinished].map(({ id }) => id);
}

function describe({ calls, unfinished }: Plan, { all }: Options): string {
  const rows = [
    ...calls.map(({ id, file, analyzedAt }) => `  ${id}  ${analyzedAt.slice(0, 10)}  ${file}`),
    ...unfinished.map(({ id }) => `  ${id}  what was heard before an analysis was stopped`),
  ];
  const what = rows.length === 1 ? 'One call' : `${rows.length} calls`;
  const more = all ? ', and the key' : '';
  return [`${what} would be deleted, with transcripts and flags${more}. Recordings stay where they are.`, ...rows].join(
    '\n',
  );
}

function result({ calls, unfinished }: Plan, outcome: 'nothing' | 'planned' | 'purged'): object {
  const named = calls.map(({ id, file }) => ({ id, file }));
  return { schema: 'offrecord.purge/1', outcome, calls: named, unfinished: unfinished.map(({ id }) => ({ id })) };
}

async function confirm(): Promise<void> {
  if (!process.stdin.isTTY)
    throw new OffRecordError('usage', 'Nothing was deleted: add --yes to delete without being asked.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D answer no.
  const answer = await terminal
    .question('Delete for good? Type yes: ')
    .catch(() => {
      notice('');
      return '';
    })
    .finally(() => terminal.close());
  if (answer.trim().toLowerCase() !== 'yes')
    throw new OffRecordError('interrupted', 'Nothing was deleted: you did not type yes.');
}
