import { LABELS } from '../taxonomy.js';
import type { Label, Report, Severity, TimelineEvent, VerdictLevel } from '../types.js';
import { ADVICE } from './advice-texts.js';
import { adviseOnAnswer } from './answers.js';
import { describeLaw, type LawName } from './laws.js';
import type { LetterName } from './letters/letters.js';
import { SEVERITY_ORDER, shownFlags, shownSteps } from './shown.js';
import { headlineOf } from './text.js';

/** Something that was said, and when; null where a transcript has no times. */
export interface Moment {
  start: number | null;
  quote: string;
}

/** What to say and do about one label, with all that was flagged with it. */
export interface LabelHelp {
  label: Label;
  name: string;
  severity: Severity;
  moments: Moment[];
  finding: string;
  say: string;
  now: string;
  letters: LetterName[];
}

/** What was answered in the call, and what to make of it. */
export interface AnswerHelp extends Moment {
  event: TimelineEvent['event'];
  finding: string;
  now: string;
}

/** What a candidate can say and do after one call. */
export interface Advice {
  level: VerdictLevel;
  /** The verdict in one sentence. */
  headline: string;
  /** Said where there is no flag. */
  nothing: string | null;
  flags: LabelHelp[];
  answers: AnswerHelp[];
  letters: LetterName[];
  /** Each with place, date of the source, and the warning. */
  laws: string[];
  /** What not to rely on. */
  notices: string[];
}

const NOTHING =
  'No red flag was found in this call, so there is nothing in particular to do. That is not proof that there was none: if something troubles you, read the transcript again.';

/** What to say and do now, for the flags and events of this very call; dismissed flags are left out. */
export function adviseOn(report: Report): Advice {
  const flags = helpByLabel(report);
  const laws = flags.flatMap(({ label }): LawName[] => ADVICE[label].laws);
  return {
    level: report.verdict.level,
    headline: headlineOf(report),
    nothing: flags.length === 0 ? NOTHING : null,
    flags,
    answers: shownSteps(report).flatMap(step => adviseOnAnswer(step, report)),
    letters: [...new Set(flags.flatMap(({ letters }) => letters))],
    laws: [...new Set(laws)].map(describeLaw),
    notices: report.notices,
  };
}

/** The labels of a call, the most serious first, then by their first time. */
function helpByLabel(report: Report): LabelHelp[] {
  const flags = shownFlags(report);
  const labels = [...new Set(flags.map(({ label }) => label))];
  const rank = (label: Label): number => SEVERITY_ORDER.indexOf(LABELS[label].severity);
  return labels
    .toSorted((a, b) => rank(a) - rank(b))
    .map(label => {
      const { name, severity, finding } = LABELS[label];
      const { say, now, letters } = ADVICE[label];
      const moments = flags.filter(flag => flag.label === label).map(({ start, quote }) => ({ start, quote }));
      return { label, name, severity, moments, finding, say, now, letters };
    });
}
