import { cleanText } from '../clean-text.js';
import { toMillisecond } from '../time.js';
import type { Call, Flag, Report, TimelineEvent, Utterance, Verdict } from '../types.js';

/** What the user says about the call. */
export interface CallDetails {
  company: string | null;
  role: string | null;
  /** Day of the call, YYYY-MM-DD. */
  date: string | null;
}

/** Everything a report is made of: the file, what the user says of it, what was heard, and what was found. */
export interface ReportParts extends Pick<Report, 'models' | 'timings' | 'notices'> {
  source: Pick<Call, 'file' | 'sha256' | 'duration' | 'channels'>;
  details: CallDetails;
  analyzedAt: string;
  utterances: Utterance[];
  findings: { flags: Flag[]; timeline: TimelineEvent[]; verdict: Verdict };
}

/** Characters of the sha256 that name a call: the same recording always has the same id. */
const ID_LENGTH = 8;

/** The report of one call, its keys in the order that the documentation shows. */
export function buildReport(parts: ReportParts): Report {
  const { source, details, analyzedAt, models, timings, notices, utterances, findings } = parts;
  const duration = source.duration === null ? null : toMillisecond(source.duration);
  return {
    schema: 'offrecord.report/1',
    call: {
      id: source.sha256.slice(0, ID_LENGTH),
      ...source,
      file: cleanText(source.file),
      duration,
      date: details.date,
      company: details.company && cleanText(details.company),
      role: details.role && cleanText(details.role),
      analyzedAt,
      kept: false,
    },
    models,
    timings,
    verdict: findings.verdict,
    notices,
    utterances,
    flags: findings.flags,
    timeline: findings.timeline,
  };
}
