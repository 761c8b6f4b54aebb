import { cleanText } from '../clean-text.js';
import { OffRecordError } from '../errors.js';
import type { Report } from '../types.js';
import { record } from './audit-log.js';
import type { Database } from './connect.js';
import { resolveId } from './ids.js';

/** What shall be said of a call from now on. What is left out stays; null takes it away. */
export interface Edits {
  company?: string | null;
  role?: string | null;
  /** YYYY-MM-DD */
  date?: string | null;
  note?: string | null;
}

const LONGEST = { company: 200, role: 200, date: 10, note: 4000 };

/**
 * Changes what is said of a call and the note about it. The revision stays, as the recording was not analysed again.
 * @returns the whole id
 * @throws OffRecordError `failed` for an unknown id, `usage` for a text that is too long
 */
export function editCall(db: Database, idOrPrefix: string, edits: Edits): string {
  const { note, ...said } = cleaned(edits);
  const edit = db.transaction((): string => {
    const id = resolveId(db, idOrPrefix);
    if (Object.keys(said).length > 0) changeReport(db, id, said);
    if (note !== undefined) writeNote(db, id, note);
    record(db, 'edited', { call: id });
    return id;
  });
  return edit.immediate();
}

/** An empty text says nothing, so it is taken away. */
function cleaned(edits: Edits): Edits {
  const given = Object.entries(edits).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      const text = value === null ? '' : cleanText(value);
      const most = LONGEST[name as keyof Edits];
      if (text.length > most)
        throw new OffRecordError('usage', `The ${name} has ${text.length} characters. Use at most ${most}.`);
      return [name, text === '' ? null : text];
    }),
  );
}

function writeNote(db: Database, id: string, note: string | null): void {
  const of = 'from calls where id = @id';
  if (note === null) db.prepare(`delete from notes where call = (select number ${of})`).run({ id });
  else db.prepare(`insert or replace into notes (call, note) select number, @note ${of}`).run({ id, note });
}

function changeReport(db: Database, id: string, said: Omit<Edits, 'note'>): void {
  const report = JSON.parse(String(db.prepare('select report from calls where id = ?').pluck().get(id))) as Report;
  const changed = { ...report.call, ...said };
  db.prepare('update calls set company = @company, role = @role, date = @date, report = @report where id = @id').run({
    id,
    company: changed.company,
    role: changed.role,
    date: changed.date,
    report: JSON.stringify({ ...report, call: changed }),
  });
}
