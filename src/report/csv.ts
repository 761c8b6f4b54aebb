import { cleanText } from '../clean-text.js';
import type { Flag, Report, TimelineEvent, Utterance } from '../types.js';
import { shownFlags, shownSteps } from './shown.js';

/** Excel takes a file without this mark for one of another alphabet. */
const BYTE_ORDER_MARK = '\ufeff';
/** What a spreadsheet takes for the beginning of a formula, in wide letters too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;

type Cell = string | number | null;

interface Line {
  report: Report;
  utterance: Utterance;
  flags: Flag[];
  steps: TimelineEvent[];
}

const COLUMNS: Record<string, (line: Line) => Cell> = {
  call: ({ report }) => report.call.id,
  file: ({ report }) => report.call.file,
  date: ({ report }) => report.call.date,
  company: ({ report }) => report.call.company,
  role: ({ report }) => report.call.role,
  verdict: ({ report }) => report.verdict.level,
  utterance: ({ utterance }) => utterance.id,
  start: ({ utterance }) => utterance.start,
  end: ({ utterance }) => utterance.end,
  speaker: ({ utterance }) => utterance.speaker,
  trust: ({ utterance }) => utterance.trust,
  text: ({ utterance }) => utterance.text,
  labels: ({ flags }) => flags.map(({ label }) => label).join(' '),
  severities: ({ flags }) => flags.map(({ severity }) => severity).join(' '),
  scores: ({ flags }) => flags.map(({ score }) => score.toFixed(3)).join(' '),
  events: ({ steps }) => steps.map(({ event }) => event).join(' '),
};

/** A table with a row for each utterance of one call. */
export function renderCsv(report: Report): string {
  return [...renderCsvOfMany([report])].join('');
}

/** One table of many calls. */
export function* renderCsvOfMany(reports: Iterable<Report>): Generator<string> {
  yield BYTE_ORDER_MARK + row(Object.keys(COLUMNS));
  for (const report of reports) {
    const [flags, steps] = [shownFlags(report), shownSteps(report)];
    for (const utterance of report.utterances) {
      const isOn = (one: { utterance: number }): boolean => one.utterance === utterance.id;
      const line = { report, utterance, flags: flags.filter(isOn), steps: steps.filter(isOn) };
      yield row(Object.values(COLUMNS).map(read => read(line)));
    }
  }
}

/** By RFC 4180. */
function row(cells: Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = harmless(cell);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With an apostrophe before it a spreadsheet shows what was said, and calculates nothing. */
function harmless(text: string): string {
  const clean = cleanText(text);
  return FORMULA.test(clean) ? `'${clean}` : clean;
}
