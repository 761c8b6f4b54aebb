import { realpathSync } from 'node:fs';
import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import type { Checkpoints } from '../pipeline.js';
import { hasStore, keyFile, keyWay, type Lock, openStore, type Saved, type Store } from '../store/store.js';
import type { Report } from '../types.js';
import { purgeExpired } from './in-store.js';
import { lockOfNew } from './new-lock.js';
import { describeRetention } from './retention.js';
import { notice } from './terminal.js';

/** Where the reports of a run go. */
export interface Saving {
  checkpoints: Checkpoints;
  /** Saves and, unless quiet, tells the person where. */
  save(report: Report, file: string, quiet?: 'quiet'): Saved;
  close(): void;
}

/**
 * The store of a run. One that exists is opened at once, so that a wrong key shows before an hour of work; a new one is made
 * only when there is something to keep.
 */
export function startSaving(storeDir: string): Saving {
  let opened: Store | null = null;
  const store = (lock?: Lock): Store => {
    opened ??= openStore(storeDir, keyDirOf(storeDir), lock);
    return opened;
  };
  if (hasStore(storeDir, keyDirOf(storeDir))) purgeExpired(store());
  // Asked now, before an hour of work, and not in its middle.
  const lock = opened ? undefined : lockOfNew(storeDir);
  return {
    checkpoints: {
      load: (sha256, settings) => opened?.checkpoints(sha256, settings) ?? new Map(),
      save: untilItFails((sha256, settings, window, pieces) =>
        store(lock).saveCheckpoint(sha256, settings, window, pieces),
      ),
    },
    save: (report, file, quiet) => {
      const saved = store(lock).save(report, whereabouts(file));
      const { id, isFirst, revision, dismissed } = saved;
      if (!quiet) notice(savedSentence(id, revision, storeDir));
      if (!quiet && dismissed > 0) notice(stillDismissed(dismissed));
      if (isFirst) notice(describeFirstSave(storeDir, store().retention(new Date()).days));
      return saved;
    },
    close: () => opened?.close(),
  };
}

/** Where a recording really lies, behind links; it may have been moved away since it was read. */
function whereabouts(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

/** What a person who stopped an analysis wants to know. */
export function explainStop(error: unknown, saving: Saving | null): unknown {
  if (!(error instanceof OffRecordError) || error.kind !== 'interrupted' || !saving) return error;
  const kept =
    'What was heard so far is kept, encrypted: the same command goes on from there, `offrecord list` shows it.';
  return new OffRecordError('interrupted', `Stopped. No report was saved. ${kept}`, { cause: error });
}

/** A full disk must not cost the person the analysis: it goes on without checkpoints, and saying so. */
function untilItFails(save: Checkpoints['save']): Checkpoints['save'] {
  let failed = false;
  return (...window) => {
    if (failed) return;
    try {
      save(...window);
    } catch (error) {
      if (!(error instanceof OffRecordError) || error.kind === 'store-locked') throw error;
      failed = true;
      notice(`${error.message} The analysis goes on, but starts over when it is stopped.`);
    }
  };
}

function savedSentence(id: string, revision: number, storeDir: string): string {
  const again = revision > 1 ? ` (revision ${revision} of the same recording)` : '';
  return `Saved, encrypted, as ${id}${again} in ${storeDir}. See it again: offrecord show ${id}. Delete it: offrecord purge ${id}.`;
}

/** The report was printed before the store was asked: it names these flags. */
function stillDismissed(flags: number): string {
  return flags === 1
    ? 'One flag that you dismissed before stays dismissed.'
    : `${flags} flags that you dismissed before stay dismissed.`;
}

/** Said once, with the first report that is kept. */
export function describeFirstSave(storeDir: string, days: number | null): string {
  return `
This is the first report kept on this computer:
- ${aboutKey(storeDir)}
  The recording itself was not copied.
- ${describeRetention(days)}
- About your own recording: in the United States, federal law and most states ask for the consent of one person in the
  call, which can be you. CA, FL, IL, MD, MA, MT, NV, NH, PA and WA ask for everyone’s (secondary sources of 2022 and 2026;
  DE, CT, MI and OR are mixed). Across borders the stricter rule is the safe one. Check before you rely on it.
`.trim();
}

function aboutKey(storeDir: string): string {
  const file = keyFile(keyDirOf(storeDir));
  const way = keyWay(keyDirOf(storeDir));
  if (way === 'keychain') return 'Its key is in this computer’s keychain, under “offrecord”.';
  if (way === 'passphrase')
    return 'Its key is locked with your passphrase. If you forget it, nobody can open what is kept.';
  return `Its key lies in ${file}, readable by you and by every program that you run.`;
}
