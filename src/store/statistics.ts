import { LABEL_NAMES } from '../taxonomy.js';
import type { CallTally, Label, VerdictLevel } from '../types.js';
import type { Database } from './connect.js';
import { DAY_SHIFT, LINE_BITS } from './search-schema.js';

/** How often something was flagged: in how many lines, and of how many calls. */
export interface LabelTally {
  label: Label;
  lines: number;
  calls: number;
}

/** Flags over all kept calls. */
export interface Statistics {
  total: CallTally;
  /** The most often flagged first; labels that were never flagged are left out. */
  labels: LabelTally[];
  /** By company, in whatever letters; null for calls without one. Most flags first. */
  companies: (CallTally & { company: string | null })[];
  /** By the month of the calls, such as 2026-11, oldest first. */
  months: (CallTally & { month: string })[];
}

/** What a store without calls has. */
export const NOTHING_COUNTED: Statistics = {
  total: {
    calls: 0,
    flags: 0,
    families: { recording: 0, pressure: 0, 'ip-harvesting': 0, 'data-harvesting': 0 },
    verdicts: { leave: 0, ask: 0, note: 0, clear: 0 },
  },
  labels: [],
  companies: [],
  months: [],
};

/** Counts flags by label, company and month. Reads the two indexes only, no report. */
export function countFlags(db: Database): Statistics {
  const count = db.transaction(
    (): Statistics => ({
      total: tallies(db, 'null', 'null')[0]?.tally ?? NOTHING_COUNTED.total,
      labels: LABEL_NAMES.map(label => countLabel(db, label))
        .filter(({ lines }) => lines > 0)
        .sort((a, b) => b.lines - a.lines),
      companies: tallies(db, 'lower(trim(company))', 'max(trim(company))')
        .map(({ name, tally }) => ({ company: name, ...tally }))
        .sort((a, b) => b.flags - a.flags || b.calls - a.calls),
      months: tallies(db, MONTH, MONTH).map(({ name, tally }) => ({ month: name ?? '', ...tally })),
    }),
  );
  return count();
}

const MONTH = 'substr(coalesce(date, analyzed_at), 1, 7)';

type Row = Record<'calls' | 'recording' | 'pressure' | 'ip' | 'data' | VerdictLevel, number> & { name: string | null };

function tallies(db: Database, group: string, name: string): { name: string | null; tally: CallTally }[] {
  const rows = db.prepare<[], Row>(`
    select ${name} as name, count(*) as calls, sum(recording_flags) as recording, sum(pressure_flags) as pressure,
      sum(ip_harvesting_flags) as ip, sum(data_harvesting_flags) as data, sum(verdict = 'leave') as leave,
      sum(verdict = 'ask') as ask, sum(verdict = 'note') as note, sum(verdict = 'clear') as clear
    from calls group by ${group} order by 1`);
  return rows.all().map(row => ({ name: row.name, tally: toTally(row) }));
}

function toTally({ calls, recording, pressure, ip, data, leave, ask, note, clear }: Row): CallTally {
  return {
    calls,
    flags: recording + pressure + ip + data,
    families: { recording, pressure, 'ip-harvesting': ip, 'data-harvesting': data },
    verdicts: { leave, ask, note, clear },
  };
}

/** The index knows for each line the labels on it, and in the line's number its call. */
function countLabel(db: Database, label: Label): LabelTally {
  const row = db
    .prepare<[string], { lines: number; calls: number }>(`
      select count(*) as lines, count(distinct (rowid & ${2n ** BigInt(DAY_SHIFT) - 1n}) >> ${LINE_BITS}) as calls
      from lines where lines match ?`)
    .get(`facts : "label${label.replaceAll('-', '')}"`);
  return { label, ...(row ?? { lines: 0, calls: 0 }) };
}
