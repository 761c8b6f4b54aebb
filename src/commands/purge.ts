import { type Command, InvalidArgumentError } from 'commander';
import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import {
  type Fragments,
  type PurgePlan,
  type PurgeResult,
  type SearchedInside,
  type Store,
  searchFiles,
  withStore,
} from '../store/store.js';
import { confirmDeletion } from './confirm.js';
import { purgeExpired } from './in-store.js';
import { withCommon } from './options.js';
import { destroysKey, goalOf, type PurgeCommandOptions, readPlan } from './purge-goal.js';
import { describeOutcome, type Proof, purgeJson } from './purge-outcome.js';
import { describePlan, type Goal } from './purge-text.js';
import { purgeUnreadable } from './purge-unreadable.js';
import { notice, print, printJson } from './terminal.js';

/** Declares `offrecord purge ID…`. */
export function declarePurge(program: Command): void {
  withCommon(program.command('purge'))
    .description('delete calls for good: shows what goes, asks, deletes, proves it')
    .argument('[id...]', 'ids of the calls, or their beginnings')
    .option('--all', 'delete everything that is kept, and the key')
    .option('--older-than <days>', 'only calls before that many days, such as 30d', parseDays)
    .option('--company <name>', 'only calls with this company, written in full', parseCompany)
    .option('--transcripts-only', 'delete all words, keep verdict, labels and times')
    .option('--with-recordings', 'delete the recordings too, where they lie unchanged')
    .option('--dry-run', 'only show what would go')
    .option('--yes', 'do not ask')
    .action(purge);
}

async function purge(ids: string[], options: PurgeCommandOptions): Promise<void> {
  refuseUnclear(ids, options);
  const plan = readPlan(ids, options);
  if (plan instanceof OffRecordError) return purgeUnreadable(plan, options);
  if (plan === null && ids.length > 0)
    throw new OffRecordError('failed', 'No calls are kept, so there is nothing to delete.');
  const goal = goalOf(plan ?? NOTHING, options);
  if (goal.plan.calls.length + goal.plan.unfinished.length === 0 && !(plan && destroysKey(options)))
    return options.json ? printJson(purgeJson(goal, 'nothing')) : print(nothingSentence(plan));
  if (options.json && options.dryRun) return printJson(purgeJson(goal, 'planned'));
  if (!options.json) print(describePlan(goal));
  else if (!options.yes) notice(describePlan(goal));
  if (options.dryRun) return;
  if (!options.yes) await confirmDeletion();
  carryOut(goal, options);
}

function refuseUnclear(ids: string[], { all, company, olderThan }: PurgeCommandOptions): void {
  const hasFilter = company !== undefined || olderThan !== undefined;
  if (ids.length === 0 && !all && !hasFilter)
    throw new OffRecordError(
      'usage',
      'Say what to delete: ids (see: offrecord list), --company, --older-than, or --all.',
    );
  if (all && (ids.length > 0 || hasFilter))
    throw new OffRecordError('usage', 'Give --all alone, or ids and filters; not both.');
}

const NOTHING: PurgePlan = { calls: [], unfinished: [], exports: [], staying: 0 };

function nothingSentence(plan: PurgePlan | null): string {
  return plan === null ? 'Nothing is kept.' : 'Nothing fits, so there is nothing to delete.';
}

function carryOut(goal: Goal, options: PurgeCommandOptions): void {
  const { result, proof } = deleteForGood(goal, options.store);
  if (options.json) printJson(purgeJson(goal, 'purged', { result, proof }));
  else print(describeOutcome(goal, result, proof));
  refuseLeftovers(proof, result);
}

/** Deletes what is planned, and looks for it afterwards. Only while no store is open in this process. */
export function deleteForGood(goal: Goal, dir: string): { result: PurgeResult; proof: Proof } {
  const keyDir = keyDirOf(dir);
  const done = withStore(dir, keyDir, store => {
    const deleted = deleteAndSearch(store, goal);
    purgeExpired(store);
    return deleted;
  });
  if (done === null) throw new OffRecordError('failed', 'The store is gone: another offrecord has deleted it.');
  const { fragments, result, inside } = done;
  const left = (result.exports ?? []).filter(({ outcome }) => outcome === 'changed');
  const files = searchFiles(
    dir,
    keyDir,
    fragments,
    left.map(({ path }) => path),
  );
  return {
    result,
    proof: { inside, files, fragments: fragments.finder.fragments.length, shared: fragments.shared },
  };
}

function deleteAndSearch(
  store: Store,
  { plan, aim }: Goal,
): { fragments: Fragments; result: PurgeResult; inside: SearchedInside } {
  // Everything is what is there now, not what was there before the question.
  const everything = { ids: [], company: null, before: null, withWords: false };
  const fragments = store.fragments(aim.destroysKey ? store.plan(everything) : plan, aim.transcriptsOnly);
  const ids = [...plan.calls, ...plan.unfinished].map(({ id }) => id);
  const result = aim.destroysKey ? store.purgeAll(aim) : store.purge(ids, aim);
  return { fragments, result, inside: store.findFragments(fragments) };
}

/** Fails where something of what was deleted is still there. */
export function refuseLeftovers({ inside, files }: Proof, { recordings = [], exports = [] }: PurgeResult): void {
  const found = [...inside.found, ...files.found];
  if (found.length > 0) {
    const sentence = `Of what was deleted, parts are still in ${found.join('; ')}. Look there and delete what you put there yourself; the rest should not be there, so please report it.`;
    throw new OffRecordError('failed', sentence);
  }
  const failed = [...recordings, ...exports].filter(({ outcome }) => outcome === 'failed').map(({ path }) => path);
  if (failed.length > 0)
    throw new OffRecordError(
      'failed',
      `The calls are deleted, but these files could not be: ${failed.join(', ')}. Delete them yourself.`,
    );
}

function parseDays(value: string): number {
  const days = Number(/^(\d{1,5})d?$/.exec(value)?.[1] ?? 0);
  if (days >= 1) return days;
  throw new InvalidArgumentError(`“${value}” is not a number of days like 30d.`);
}

function parseCompany(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('The name is empty.');
}
