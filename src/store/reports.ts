import { OffRecordError } from '../errors.js';
import type { Call, Report } from '../types.js';
import { record } from './audit-log.js';
import { clearCheckpoints } from './checkpoints.js';
import type { Database } from './connect.js';
import { countFlags, withDismissalsOf } from './dismissals.js';
import { resolveId } from './ids.js';

/** How a report was saved: the id it is kept under, its revision, and whether the store held no call before. */
export interface Saved {
  id: string;
  revision: number;
  isFirst: boolean;
  /** Flags that were dismissed before and so are again. */
  dismissed: number;
}

interface Prior {
  id: string;
  revision: number;
  kept: number;
  date: string | null;
  company: string | null;
  role: string | null;
  report: string;
}

/**
 * Saves a report. The same recording (sha256) stays one call: it keeps its id, whether it is pinned, what was said of it and
 * which flags were dismissed, and its revision grows.
 * @param recording where the recording lies, so that a purge can delete it too
 */
export function saveReport(db: Database, report: Report, recording?: string): Saved {
  const save = db.transaction((): Saved => {
    const { sha256 } = report.call;
    const isFirst = db.prepare('select 1 from calls limit 1').get() === undefined;
    const prior = db
      .prepare<[string], Prior>('select id, revision, kept, date, company, role, report from calls where sha256 = ?')
      .get(sha256);
    const id = prior?.id ?? freeId(db, report.call);
    const revision = (prior?.revision ?? 0) + 1;
    const judged = prior ? withDismissalsOf(JSON.parse(prior.report) as Report, report) : report;
    db.prepare(UPSERT).run(toRow({ ...judged, call: merge(report.call, id, prior) }, revision));
    db.prepare(NOTE_RECORDING).run(recording ?? null, sha256);
    clearCheckpoints(db, sha256);
    record(db, 'analyzed', { call: id, utterances: report.utterances.length, flags: report.flags.length });
    return { id, revision, isFirst, dismissed: judged.flags.filter(flag => flag.dismissed).length };
  });
  return save.immediate();
}

/** Saves reports as they come; all, or none when one of them fails to come. From the first again where it has to be tried again. */
export function saveReports(db: Database, reports: () => Iterable<Report>): Saved[] {
  const save = db.transaction((): Saved[] => Array.from(reports(), report => saveReport(db, report)));
  return save.immediate();
}

/** What was said of the call before stays where nothing new is said. */
function merge(call: Call, id: string, prior: Prior | undefined): Call {
  const { note: _, ...said } = call;
  return {
    ...said,
    id,
    date: call.date ?? prior?.date ?? null,
    company: call.company ?? prior?.company ?? null,
    role: call.role ?? prior?.role ?? null,
    kept: call.kept || prior?.kept === 1,
  };
}

const COLUMNS = [
  'id',
  'sha256',
  'file',
  'date',
  'company',
  'role',
  'duration',
  'verdict',
  'recording_flags',
  'pressure_flags',
  'ip_harvesting_flags',
  'data_harvesting_flags',
  'utterance_count',
  'flag_count',
  'analyzed_at',
  'kept',
  'revision',
  'report',
];

const UPSERT = `
  insert into calls (${COLUMNS.join(', ')}) values (${COLUMNS.map(name => `@${name}`).join(', ')})
  on conflict (sha256) do update set ${COLUMNS.map(name => `${name} = excluded.${name}`).join(', ')}`;

/** A report made elsewhere knows no path; then the one from before stays. */
const NOTE_RECORDING = `
  update calls set recording_path = coalesce(?, recording_path), words_deleted_at = null where sha256 = ?`;

/** Ids are short beginnings of the sha256: where two recordings share one, the later call goes by its whole sha256. */
function freeId(db: Database, { id, sha256 }: Call): string {
  const isTaken = db.prepare('select 1 from calls where id = ?');
  const free = [id, sha256].find(candidate => !isTaken.get(candidate));
  if (free !== undefined) return free;
  throw new OffRecordError(
    'failed',
    `Another call is kept under the id ${id}. Purge that one first: offrecord purge ${id}`,
  );
}

function toRow(report: Report, revision: number): Record<string, string | number | null> {
  const { call, verdict, flags, utterances } = report;
  return {
    id: call.id,
    sha256: call.sha256,
    file: call.file,
    date: call.date,
    company: call.company,
    role: call.role,
    duration: call.duration,
    verdict: verdict.level,
    recording_flags: countFlags(report, 'recording'),
    pressure_flags: countFlags(report, 'pressure'),
    ip_harvesting_flags: countFlags(report, 'ip-harvesting'),
    data_harvesting_flags: countFlags(report, 'data-harvesting'),
    utterance_count: utterances.length,
    flag_count: flags.length,
    analyzed_at: call.analyzedAt,
    kept: call.kept ? 1 : 0,
    revision,
    report: JSON.stringify(report),
  };
}

/**
 * The report of one call. That it was read is written into the log first.
 * @throws OffRecordError `failed` for an id that no call has, or that several begin with
 */
export function getReport(db: Database, idOrPrefix: string): Report {
  const read = db.transaction(() => {
    const id = resolveId(db, idOrPrefix);
    record(db, 'read', { call: id });
    return withNote(db, readReport(db, id) as Report);
  });
  return read.immediate();
}

/** A note is shown to the candidate only: what goes out is read without it. */
function withNote(db: Database, report: Report): Report {
  const note = db
    .prepare('select note from notes join calls on call = number where id = ?')
    .pluck()
    .get(report.call.id);
  return typeof note === 'string' ? { ...report, call: { ...report.call, note } } : report;
}

/** The report of one call by its whole id, or null; for who writes into the log what becomes of it. */
export function readReport(db: Database, id: string): Report | null {
  const row = db
    .prepare<[string], { report: string; kept: number }>('select report, kept from calls where id = ?')
    .get(id);
  if (row === undefined) return null;
  const report = JSON.parse(row.report) as Report;
  return { ...report, call: { ...report.call, kept: row.kept === 1 } };
}
