import { LABELS } from '../taxonomy.js';
import { clock, roughly } from '../time.js';
import type { Flag, Report, Severity, TimelineEvent, VerdictLevel } from '../types.js';
import type { Meaning, Paint } from './style.js';
import { wrap } from './wrap.js';

export interface TextOptions {
  /** Columns of the terminal. */
  width: number;
  paint: Paint;
  /** Print every utterance after the report. */
  transcript: boolean;
}

const HEADLINES: Record<VerdictLevel, [Meaning, string]> = {
  leave: ['critical', 'Think about walking away.'],
  ask: ['high', 'Ask before you go on.'],
  note: ['medium', 'Keep an eye on this.'],
  clear: ['good', 'No red flags found.'],
};

const SEVERITY_ORDER: Severity[] = ['critical', 'high', 'medium'];
const INDENT = '  ';
const BODY = '        ';

/** A report as a person reads it: verdict, flags, timeline, and what not to rely on. */
export function renderText(report: Report, options: TextOptions): string {
  return [
    ...header(report, options),
    ...verdict(report, options),
    ...flagList(report, options),
    ...timeline(report, options),
    ...notices(report, options),
    ...(options.transcript ? transcript(report, options) : []),
    '',
  ].join('\n');
}

function header({ call }: Report, { paint }: TextOptions): string[] {
  const channels = call.channels === 0 ? 'transcript' : call.channels === 2 ? 'one speaker a side' : 'one channel';
  const facts = [call.duration === null ? null : clock(call.duration), channels, call.company, call.role, call.date];
  return ['', `${INDENT}${paint('strong', call.file)}  ${paint('quiet', facts.filter(Boolean).join(' · '))}`, ''];
}

function verdict({ verdict: { level, reasons } }: Report, { paint, width }: TextOptions): string[] {
  const [meaning, headline] = HEADLINES[level];
  return [
    INDENT + paint(meaning, paint('strong', headline)),
    ...reasons.flatMap(reason => wrap(reason, width, INDENT)),
    '',
  ];
}

function flagList({ flags }: Report, options: TextOptions): string[] {
  const shown = flags.filter(({ dismissed }) => !dismissed);
  if (shown.length === 0) return [];
  const title = shown.length === 1 ? 'One red flag' : `${shown.length} red flags`;
  return [
    INDENT + options.paint('strong', title),
    '',
    ...groupBySentence(shown).flatMap(group => flagBlock(group, options)),
  ];
}

/** Flags of one sentence share its quote. */
function groupBySentence(flags: Flag[]): Flag[][] {
  const groups = new Map<string, Flag[]>();
  for (const flag of flags) {
    const key = `${flag.utterance} ${flag.span.join('-')}`;
    groups.set(key, [...(groups.get(key) ?? []), flag]);
  }
  return [...groups.values()];
}

function flagBlock(group: Flag[], { paint, width }: TextOptions): string[] {
  const ordered = group.toSorted((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity));
  const [first] = ordered;
  if (!first) return [];
  const names = ordered.map(({ label, severity }) => paint(severity, LABELS[label].name));
  const words = [...new Set(ordered.flatMap(({ why }) => why.slice(0, 3).map(({ text }) => text)))].slice(0, 5);
  return [
    `${INDENT}${time(first.start)}${names.join(paint('quiet', ' + '))}${paint('quiet', `  ${certainty(ordered)}`)}`,
    ...wrap(`“${first.quote}”`, width, BODY),
    ...ordered.flatMap(({ label }) => wrap(LABELS[label].meaning, width, BODY)).map(line => paint('quiet', line)),
    ...(words.length > 0
      ? wrap(`The words that weighed most: ${words.join(', ')}`, width, BODY).map(l => paint('quiet', l))
      : []),
    '',
  ];
}

function certainty(flags: Flag[]): string {
  return flags.map(({ severity, score }) => `${severity}, ${percent(score)}`).join('; ');
}

/** A score is never shown as certainty. */
function percent(score: number): string {
  return `${Math.min(99, Math.round(score * 100))} %`;
}

function timeline({ timeline: steps }: Report, options: TextOptions): string[] {
  if (steps.length === 0) return [];
  const lines = steps.map((step, i) => timelineLine(step, steps[i - 1], options));
  return [INDENT + options.paint('strong', 'What was asked, and what was answered'), '', ...lines, ''];
}

function timelineLine(step: TimelineEvent, before: TimelineEvent | undefined, { paint }: TextOptions): string {
  const about = step.about ? `: ${LABELS[step.about].topic}` : '';
  const gap = before && before.start !== null && step.start !== null ? step.start - before.start : null;
  const later = gap !== null && gap >= 1 ? paint('quiet', `  ${roughly(gap)} later`) : '';
  const [meaning, words] = STEPS[step.event];
  return `${INDENT}${time(step.start)}${paint(meaning, words)}${about}${later}`;
}

const STEPS: Record<TimelineEvent['event'], [Meaning, string]> = {
  asked: ['high', 'they asked'],
  pressed: ['critical', 'they pressed'],
  'consent-given': ['strong', 'you agreed'],
  'consent-refused': ['good', 'you said no'],
  'data-question': ['good', 'you asked what happens with it'],
  reassurance: ['medium', 'they reassured you'],
};

function notices({ notices: sentences }: Report, { paint, width }: TextOptions): string[] {
  if (sentences.length === 0) return [];
  return [
    INDENT + paint('strong', 'Before you rely on this'),
    '',
    ...sentences.flatMap(text => bullet(text, width)),
    '',
  ];
}

function bullet(text: string, width: number): string[] {
  return wrap(text, width, `${INDENT}  `).map((line, i) => (i === 0 ? `${INDENT}· ${line.slice(4)}` : line));
}

function transcript({ utterances }: Report, { paint, width }: TextOptions): string[] {
  const lines = utterances.flatMap(({ start, speaker, text }) => [
    `${INDENT}${time(start)}${paint('quiet', speaker)}`,
    ...wrap(text, width, BODY),
  ]);
  return [INDENT + paint('strong', 'Transcript'), '', ...lines, ''];
}

function time(seconds: number | null): string {
  return clock(seconds).padEnd(BODY.length - INDENT.length);
}
