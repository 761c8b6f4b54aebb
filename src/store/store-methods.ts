import type { Label, Piece, Report } from '../types.js';
import type { AuditDetails, AuditEntry, AuditEvent, ExportKind } from './audit-log.js';
import type { Unfinished } from './checkpoints.js';
import type { Edits } from './edits.js';
import type { FoundExport } from './exported.js';
import type { ExportedFile, ExportRequest, Render } from './exports.js';
import type { Kept } from './kept.js';
import type { Lock } from './key-record.js';
import type { PurgePlan, Selection } from './plan.js';
import type { PurgeOptions, PurgeResult } from './purge.js';
import type { Saved } from './reports.js';
import type { Expired, Retention } from './retention.js';
import type { SearchHit, SearchQuery } from './search.js';
import type { SearchedInside } from './search-inside.js';
import type { Statistics } from './statistics.js';
import type { CallSummary } from './summaries.js';
import type { Fragments } from './take-fragments.js';

/** The encrypted store of reports. Every method throws OffRecordError `failed` when disk or database fail. */
export interface Store {
  /** Saves a report in one step; the same recording again becomes its next revision. Forgets its checkpoints. */
  save(report: Report, recording?: string): Saved;
  /** Saves all of these reports, or none when one can’t be read. */
  saveAll(reports: () => Iterable<Report>): Saved[];
  /** All kept calls, newest first. */
  list(most?: number): CallSummary[];
  /** How many calls are kept. */
  count(): number;
  /** The report of the call that an id, or the unique beginning of one, names. */
  get(idOrUniquePrefix: string): Report;
  /** Changes what is said of a call and the note about it; returns its whole id. */
  edit(idOrUniquePrefix: string, edits: Edits): string;
  /** Takes a false alarm out of what counts, or brings it back; the verdict is decided anew. */
  dismiss(idOrUniquePrefix: string, flag: number, dismissed: boolean): Report;
  /** The ids of the calls that have a flag of a label. */
  idsWithLabel(label: Label): string[];
  /** Changes whenever another process or connection has changed the store. */
  version(): number;
  /** The lines that hold some words: newest call first. */
  search(query: SearchQuery): SearchHit[];
  /** Flags over all calls: by label, company and month. */
  statistics(): Statistics;
  /** Pins a call or takes the pin away; returns its whole id. */
  keep(idOrUniquePrefix: string, kept: boolean): string;
  retention(now: Date): Retention;
  /** Sets the age in days after which calls purge themselves; null: never. Purges nothing yet. */
  setRetention(days: number | null): void;
  /** Purges what is older than the retention says and not pinned. */
  purgeExpired(now: Date): Expired;
  /** Deletes calls so that nothing of them can be read; all of them, or none when an id is unknown. */
  purge(ids: string[], options?: PurgeOptions): PurgeResult;
  /** Deletes everything, destroys the key and begins an empty store with a new one. */
  purgeAll(options?: PurgeOptions): PurgeResult;
  /** What a purge of a selection would delete. */
  plan(selection: Selection): PurgePlan;
  /** Pieces of all that a purge is going to delete, to look for afterwards. */
  fragments(plan: PurgePlan, transcriptsOnly: boolean): Fragments;
  /** Looks for fragments in every value and page of the unlocked database. */
  findFragments(fragments: Fragments): SearchedInside;
  /** Keeps the key in another way, or under another passphrase. */
  changeLock(lock: Lock): void;
  /** Begins a new key, kept in the same way, and destroys the old one. */
  renewKey(): void;
  /** What was transcribed of a recording before its analysis was stopped: window → pieces. */
  checkpoints(sha256: string, settings: string): Map<string, Piece[]>;
  saveCheckpoint(sha256: string, settings: string, windowKey: string, pieces: Piece[]): void;
  clearCheckpoints(sha256: string): void;
  /** The analyses that were stopped and can go on. */
  unfinished(): Unfinished[];
  /** Writes calls into a file, whole or not at all, and remembers it: a purge of any of the calls deletes it. */
  exportTo(request: ExportRequest, render: Render): ExportedFile;
  /** The report of a call that goes where the program can't find it again; the log says so first. */
  readForExport(idOrUniquePrefix: string, kind: ExportKind): Report;
  /** The whole ids that ids or unique beginnings name, each once. */
  wholeIds(given: string[]): string[];
  /** The files that were exported and not purged, as they are now. */
  exports(): FoundExport[];
  /** Writes into the log what was done with calls outside of these methods. */
  record(event: AuditEvent, details?: AuditDetails): void;
  /** The newest lines of the log, oldest first. */
  log(most?: number): AuditEntry[];
  /** How much is kept. */
  kept(): Kept;
  close(): void;
}
