import { OffRecordError, systemCode } from '../errors.js';
import { keyDirOf } from '../paths.js';
import { filesOfStore, findRecording, lookAtExport, type PurgePlan, withStore } from '../store/store.js';
import type { CommonOptions } from './options.js';
import type { Aim, Goal } from './purge-text.js';

/** What a person can say to `purge`. */
export interface PurgeCommandOptions extends CommonOptions {
  all?: boolean;
  olderThan?: number;
  company?: string;
  transcriptsOnly?: boolean;
  withRecordings?: boolean;
  dryRun?: boolean;
  yes?: boolean;
}

/**
 * The plan of a purge, with what has expired, so that it and its recordings can be named and deleted, too; null where no store is; why there is none, where everything is to
 * go and the store can’t be read.
 */
export function readPlan(ids: string[], options: PurgeCommandOptions): PurgePlan | null | OffRecordError {
  const { company, olderThan, transcriptsOnly, withRecordings } = options;
  const before = olderThan === undefined ? null : daysAgo(olderThan);
  const selection = { ids, company: company ?? null, before, withWords: transcriptsOnly === true && !withRecordings };
  try {
    const [dir, keyDir] = [options.store, keyDirOf(options.store)];
    const plan = withStore(dir, keyDir, store => store.plan(selection));
    const isLeftOver = plan === null && filesOfStore(dir, keyDir).length > 0;
    return isLeftOver && destroysKey(options) ? new OffRecordError('store-locked', LEFT_OVER) : plan;
  } catch (error) {
    if (destroysKey(options) && error instanceof OffRecordError && isUnreadable(error)) return error;
    throw error;
  }
}

const LEFT_OVER = 'The store has no database, only what belongs to one.';

function isUnreadable(error: OffRecordError): boolean {
  return error.kind === 'store-locked' || /^SQLITE_(CORRUPT|NOTADB)/.test(systemCode(error.cause) ?? '');
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** Whether not only calls but the key goes, too. */
export function destroysKey({ all, transcriptsOnly }: PurgeCommandOptions): boolean {
  return all === true && transcriptsOnly !== true;
}

/** What is going to be deleted; recordings are looked at only where they are to go. */
export function goalOf(plan: PurgePlan, options: PurgeCommandOptions): Goal {
  const aim: Aim = {
    destroysKey: destroysKey(options),
    transcriptsOnly: options.transcriptsOnly ?? false,
    withRecordings: options.withRecordings ?? false,
  };
  const exports = plan.exports.map(one => ({ ...lookAtExport(one), others: one.others }));
  return { aim, plan, exports, recordings: aim.withRecordings ? plan.calls.map(lookAtRecording) : [] };
}

function lookAtRecording({ id, recording: path, sha256 }: PurgePlan['calls'][number]): Goal['recordings'][number] {
  return { id, path, ...(path === null ? UNKNOWN : findRecording({ path, sha256 })) };
}

const UNKNOWN = { state: 'unknown', bytes: 0, otherNames: 0 } as const;
