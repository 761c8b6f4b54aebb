import type { Call, Family, VerdictLevel } from '../types.js';
import type { Database } from './connect.js';

/** What a list says of a kept call. Flags are counted a family, without the dismissed ones. */
export interface CallSummary
  extends Pick<Call, 'id' | 'file' | 'date' | 'company' | 'role' | 'duration' | 'analyzedAt' | 'kept'> {
  verdict: VerdictLevel;
  /** What the candidate noted about it. */
  note: string | null;
  flags: Record<Family, number>;
  /** How often this recording was analysed and saved. */
  revision: number;
}

/** The kept calls, or so many of them, the newest call first; one without a date counts as of the day of its analysis. */
export function listCalls(db: Database, most = -1): CallSummary[] {
  const rows = db.prepare<[number], SummaryRow>(`
    select id, file, date, company, role, duration, verdict, (select note from notes where call = number) as note,
      analyzed_at, kept, revision,
      recording_flags, pressure_flags, ip_harvesting_flags, data_harvesting_flags
    from calls order by substr(coalesce(date, analyzed_at), 1, 10) desc, analyzed_at desc, id limit ?`);
  return rows.all(most).map(toSummary);
}

/** How many calls are kept. */
export function countCalls(db: Database): number {
  return Number(db.prepare('select count(*) from calls').pluck().get());
}

type SummaryRow = Pick<
  CallSummary,
  'id' | 'file' | 'date' | 'company' | 'role' | 'duration' | 'verdict' | 'note' | 'revision'
> &
  Record<'recording_flags' | 'pressure_flags' | 'ip_harvesting_flags' | 'data_harvesting_flags', number> & {
    analyzed_at: string;
    kept: number;
  };

function toSummary(row: SummaryRow): CallSummary {
  const { analyzed_at, kept, recording_flags, pressure_flags, ip_harvesting_flags, data_harvesting_flags, ...same } =
    row;
  return {
    ...same,
    analyzedAt: analyzed_at,
    kept: kept === 1,
    flags: {
      recording: recording_flags,
      pressure: pressure_flags,
      'ip-harvesting': ip_harvesting_flags,
      'data-harvesting': data_harvesting_flags,
    },
  };
}
