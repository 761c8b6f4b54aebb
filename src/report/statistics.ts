import { cleanText } from '../clean-text.js';
import { LABELS } from '../taxonomy.js';
import { type CallTally, type Family, type Label, VERDICT_LEVELS } from '../types.js';
import { count } from './amounts.js';
import { VERDICT_MEANINGS } from './list.js';
import type { Paint } from './style.js';

/** Flags over calls: by label, by company, over time. */
export interface CountedFlags {
  total: CallTally;
  labels: { label: Label; lines: number; calls: number }[];
  companies: (CallTally & { company: string | null })[];
  months: (CallTally & { month: string })[];
}

const MOST_ROWS = 12;
/** The longest name of a label fits; with the wider tables a line has 80 columns. */
const LABEL_WIDTH = 38;
const NAME_WIDTH = 26;
const FAMILY_TITLES: [Family, string][] = [
  ['recording', 'recording'],
  ['pressure', 'pressure'],
  ['ip-harvesting', 'work'],
  ['data-harvesting', 'data'],
];

/** Tables of fixed columns; long ones are cut, and say so. */
export function renderStatistics({ total, labels, companies, months }: CountedFlags, paint: Paint): string {
  if (total.calls === 0) return 'No calls are kept yet. Analyse one with: offrecord analyze FILE';
  const verdicts = VERDICT_LEVELS.map(level => paint(VERDICT_MEANINGS[level], `${level} ${total.verdicts[level]}`));
  return [
    `${count(total.calls, 'call')} with ${count(total.flags, 'flag')}: ${verdicts.join(' · ')}`,
    ...(labels.length === 0 ? [] : ['', head('by label', LABEL_WIDTH, ['lines', 'calls'], paint)]),
    ...labels.map(({ label, lines, calls }) =>
      row(LABELS[label].name, LABEL_WIDTH, [lines, calls], ['lines', 'calls']),
    ),
    '',
    head('by company', NAME_WIDTH, TITLES, paint),
    ...companies.slice(0, MOST_ROWS).map(one => tallyRow(one.company ?? '(no company)', one)),
    ...cut(companies.length, 'companies'),
    '',
    head('by month', NAME_WIDTH, TITLES, paint),
    ...months.slice(-MOST_ROWS).map(one => tallyRow(one.month, one)),
    ...cut(months.length, 'earlier months'),
  ].join('\n');
}

const TITLES = ['calls', 'flags', ...FAMILY_TITLES.map(([, title]) => title), 'leave'];

function head(title: string, width: number, columns: string[], paint: Paint): string {
  const titles = columns.map(column => paint('quiet', column.padStart(widthOf(column))));
  return paint('strong', title.padEnd(width)) + titles.join('');
}

function tallyRow(name: string, { calls, flags, families, verdicts }: CallTally): string {
  const cells = [calls, flags, ...FAMILY_TITLES.map(([family]) => families[family]), verdicts.leave];
  return row(name, NAME_WIDTH, cells, TITLES);
}

function row(name: string, width: number, cells: number[], columns: string[]): string {
  const clean = cleanText(name);
  const short = clean.length < width ? clean : `${clean.slice(0, width - 2)}…`;
  return short.padEnd(width) + cells.map((cell, n) => String(cell).padStart(widthOf(columns[n] ?? ''))).join('');
}

function widthOf(column: string): number {
  return Math.max(6, column.length + 2);
}

function cut(rows: number, what: string): string[] {
  return rows > MOST_ROWS ? [`… and ${rows - MOST_ROWS} more ${what} (--json has them all)`] : [];
}
