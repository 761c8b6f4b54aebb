import { existsSync } from 'node:fs';
import { configDir } from '../paths.js';
import type { Checkpoints } from '../pipeline.js';
import { databaseFile, keyFile, openStore, type Store } from '../store/store.js';
import type { Report } from '../types.js';
import { notice } from './terminal.js';

/** Where the reports of a run go. */
export interface Saving {
  checkpoints: Checkpoints;
  /** Saves and, unless quiet, tells the person where. */
  save(report: Report, quiet?: 'quiet'): void;
  close(): void;
}

/**
 * The store of a run. One that exists is opened at once, so that a wrong key shows before an hour of work; a new one is made
 * only when there is something to keep.
 */
export function startSaving(storeDir: string): Saving {
  let opened: Store | null = null;
  const store = (): Store => {
    opened ??= openStore(storeDir, configDir);
    return opened;
  };
  if (existsSync(databaseFile(storeDir))) store();
  return {
    checkpoints: {
      load: (sha256, settings) => opened?.checkpoints(sha256, settings) ?? new Map(),
      save: (sha256, settings, window, pieces) => store().saveCheckpoint(sha256, settings, window, pieces),
    },
    save: (report, quiet) => {
      const { id, isFirst, revision } = store().save(report);
      if (!quiet) notice(savedSentence(id, revision, storeDir));
      if (isFirst) notice(FIRST_SAVE);
    },
    close: () => opened?.close(),
  };
}

function savedSentence(id: string, revision: number, storeDir: string): string {
  const again = revision > 1 ? ` (revision ${revision} of the same recording)` : '';
  return `Saved, encrypted, as ${id}${again} in ${storeDir}. See it again: offrecord show ${id}. Delete it: offrecord purge ${id}.`;
}

/** Said once, with the first report that is kept. */
const FIRST_SAVE = `
This is the first report kept on this computer:
- Its key lies in ${keyFile(configDir)}, readable by you and by every program that you run. The recording itself was not copied.
- About your own recording: in the United States, federal law and most states ask for the consent of one person in the
  call, which can be you. CA, FL, IL, MD, MA, MT, NV, NH, PA and WA ask for everyone’s (secondary sources of 2022 and 2026;
  DE, CT, MI and OR are mixed). Across borders the stricter rule is the safe one. Check before you rely on it.
`.trim();
