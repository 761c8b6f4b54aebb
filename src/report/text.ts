import { LABELS } from '../taxonomy.js';
import { clock } from '../time.js';
import type { Flag, Report, VerdictLevel } from '../types.js';
import { BODY, INDENT, type TextOptions, timeColumn } from './layout.js';
import { VERDICT_MEANINGS } from './list.js';
import { SEVERITY_ORDER } from './shown.js';
import { timelineLines } from './timeline-text.js';
import { wrap } from './wrap.js';

/** What each verdict means for the person, in one sentence. */
export const HEADLINES: Record<VerdictLevel, string> = {
  leave: 'Think about walking away.',
  ask: 'Ask before you go on.',
  note: 'Keep an eye on this.',
  clear: 'No red flags found.',
};

/** A report as a person reads it: verdict, flags, timeline, and what not to rely on. */
export function renderText(report: Report, options: TextOptions): string {
  const unreliable = isUnreliable(report);
  const first = unreliable || hasNoWords(report);
  return [
    ...header(report, options),
    ...(first ? notices(report, options) : []),
    ...verdict(report, options),
    ...flagList(report, options),
    ...timelineLines(report, options),
    ...(first ? [] : notices(report, options)),
    ...(options.transcript && !hasNoWords(report) ? transcript(report, options) : []),
    '',
  ].join('\n');
}

/** The verdict in one sentence; “none found” is said with care where the words can’t be relied on. */
export function headlineOf(report: Report): string {
  const { level } = report.verdict;
  if (level === 'clear' && isUnreliable(report)) return 'No red flags found, in words that can’t be relied on.';
  return HEADLINES[level];
}

/** Whether no word of a call can be relied on. */
export function isUnreliable({ utterances }: Report): boolean {
  return utterances.every(({ trust }) => trust === 'doubtful');
}

/** Whether the words of a call were deleted and the rest was kept. */
function hasNoWords({ utterances }: Report): boolean {
  return utterances.length > 0 && utterances.every(({ text }) => text === '');
}

function header({ call }: Report, { paint, width }: TextOptions): string[] {
  const channels = call.channels === 0 ? 'transcript' : call.channels === 2 ? 'one speaker a side' : 'one channel';
  const facts = [call.duration === null ? null : clock(call.duration), channels, call.company, call.role, call.date];
  const note = call.note === undefined ? [] : wrap(`Your note: ${call.note}`, width, INDENT);
  return [
    '',
    `${INDENT}${paint('strong', call.file)}  ${paint('quiet', facts.filter(Boolean).join(' · '))}`,
    ...note,
    '',
  ];
}

function verdict(report: Report, { paint, width }: TextOptions): string[] {
  const { level, reasons } = report.verdict;
  const meaning = level === 'clear' && isUnreliable(report) ? 'medium' : VERDICT_MEANINGS[level];
  return [
    ...wrap(headlineOf(report), width, INDENT).map(line => paint(meaning, paint('strong', line))),
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
    `${INDENT}${timeColumn(first.start)}${names.join(paint('quiet', ' + '))}${paint('quiet', `  ${certainty(ordered)}`)}`,
    ...(first.quote === '' ? [] : wrap(`“${first.quote}”`, width, BODY)),
    ...ordered
      .map(({ label }) => `${LABELS[label].finding} ${LABELS[label].advice}`)
      .flatMap(sentences => wrap(sentences, width, BODY))
      .map(line => paint('quiet', line)),
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
    `${INDENT}${timeColumn(start)}${paint('quiet', speaker)}`,
    ...wrap(text, width, BODY),
  ]);
  return [INDENT + paint('strong', 'Transcript'), '', ...lines, ''];
}
