import { OffRecordError } from '../errors.js';
import type { Family, Flag, Report } from '../types.js';
import { decideVerdict } from '../verdict.js';
import { record } from './audit-log.js';
import type { Database } from './connect.js';
import { resolveId } from './ids.js';

/**
 * Takes a false alarm out of what counts, or brings it back: verdict and counts are made anew without the dismissed flags.
 * @throws OffRecordError `failed` for an unknown id or flag
 */
export function dismissFlag(db: Database, idOrPrefix: string, flag: number, dismissed: boolean): Report {
  const dismiss = db.transaction((): Report => {
    const id = resolveId(db, idOrPrefix);
    const report = JSON.parse(String(db.prepare('select report from calls where id = ?').pluck().get(id))) as Report;
    if (!report.flags.some(one => one.id === flag)) throw noFlag(id, flag, report.flags);
    const flags = report.flags.map(one => (one.id === flag ? { ...one, dismissed } : one));
    const changed = judgedAnew({ ...report, flags });
    writeJudgement(db, id, changed);
    record(db, dismissed ? 'dismissed' : 'restored', { call: id, flags: 1 });
    return changed;
  });
  return dismiss.immediate();
}

function noFlag(id: string, flag: number, flags: Flag[]): OffRecordError {
  const which = flags.length === 0 ? 'It has none.' : `See its flags with: offrecord dismiss ${id}`;
  return new OffRecordError('failed', `The call ${id} has no flag number ${flag}. ${which}`);
}

function judgedAnew(report: Report): Report {
  return { ...report, verdict: decideVerdict(report.flags, report.timeline) };
}

function writeJudgement(db: Database, id: string, report: Report): void {
  db.prepare(`
    update calls set verdict = @verdict, recording_flags = @recording, pressure_flags = @pressure,
      ip_harvesting_flags = @ip, data_harvesting_flags = @data, report = @report
    where id = @id`).run({
    id,
    verdict: report.verdict.level,
    recording: countFlags(report, 'recording'),
    pressure: countFlags(report, 'pressure'),
    ip: countFlags(report, 'ip-harvesting'),
    data: countFlags(report, 'data-harvesting'),
    report: JSON.stringify(report),
  });
}

/** The flags of a family that count. */
export function countFlags({ flags }: Report, family: Family): number {
  return flags.filter(flag => flag.family === family && !flag.dismissed).length;
}

/** A new report of a recording with the false alarms of the report before: the same label on the same words is the same flag. */
export function withDismissalsOf(prior: Report, report: Report): Report {
  const dismissed = new Set(keyed(prior.flags).flatMap(([key, flag]) => (flag.dismissed && flag.quote ? [key] : [])));
  if (dismissed.size === 0) return report;
  const flags = keyed(report.flags).map(([key, flag]) => (dismissed.has(key) ? { ...flag, dismissed: true } : flag));
  return judgedAnew({ ...report, flags });
}

/** Words that are said twice are two flags: the first stands for the first. */
function keyed(flags: Flag[]): [key: string, flag: Flag][] {
  const seen = new Map<string, number>();
  return flags.map(flag => {
    const key = `${flag.label} ${flag.quote}`;
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return [`${n} ${key}`, flag];
  });
}
