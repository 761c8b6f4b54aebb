import { basename } from 'node:path';
import { VERDICT_MEANINGS } from '../../report/list.js';
import { HEADLINES } from '../../report/text.js';
import { LABELS } from '../../taxonomy.js';
import { clock } from '../../time.js';
import type { Family } from '../../types.js';
import type { ListedCall } from '../api.js';
import { head } from '../cells.js';
import { type Line, part } from '../frame.js';
import { heightOfScreen } from '../layout.js';
import { FAMILY_NAMES } from '../options.js';
import { countOf } from '../reduce-library.js';
import type { State, Work } from '../state.js';
import { type Column, tableHead, tableRow } from '../widgets/table.js';
import { windowOf } from '../widgets/window.js';
import { emptyLibrary } from './empty.js';

/** The list of calls, with analyses under way above it. */
export function libraryScreen(state: State): Line[] {
  const { columns: width } = state.size;
  const works = state.works.slice(-MOST_WORKS).map(work => workLine(work, width));
  const stopped = state.stopped > 0 && works.length === 0 ? [stoppedLine(state.stopped)] : [];
  const top = [title(state), ...works, ...stopped];
  const about = heightOfScreen(state.size) < SHORT ? [] : aboutSelected(state, width);
  const rows = heightOfScreen(state.size) - top.length - about.length - FOOT_ROWS;
  if (state.shown.length === 0) return [...top, ...emptyLibrary(state, rows)];
  const lines = table(state, width, rows);
  return [...top, ...lines, ...Array.from({ length: rows - lines.length }, (): Line => []), ...about];
}

const MOST_WORKS = 4;
/** Screens of fewer rows have none left for more about the selected call. */
const SHORT = 15;
/** Message and footer. */
const FOOT_ROWS = 2;

/** The selected call in words: its columns are short. */
function aboutSelected({ shown, selected }: State, width: number): Line[] {
  const call = shown[selected];
  if (!call) return [];
  const families = (Object.keys(FAMILY_NAMES) as Family[]).filter(family => call.flags[family] > 0);
  const flags = families.map(family => `${FAMILY_NAMES[family].name}: ${call.flags[family]}`).join(', ');
  const note = call.note ? `Your note: ${call.note}` : call.file;
  return [
    [part('─'.repeat(width), 'quiet')],
    [part(` ${HEADLINES[call.verdict]}`, VERDICT_MEANINGS[call.verdict]), part(`  ${flags}`, 'quiet')],
    [part(` ${note}`, 'quiet')],
  ];
}

function title({ total, shown, sort, filter }: State): Line {
  const count = total === 1 ? '1 call' : `${total} calls`;
  const narrowed = filter ? ` · ${shown.length} of them ${filterName(filter)} (esc for all)` : '';
  const order = sort === 'date' ? '' : ` · by ${sort}`;
  return [part(' Off the Record', 'title'), part(`  ${total === 0 ? '' : count}${narrowed}${order}`, 'quiet')];
}

function filterName(filter: NonNullable<State['filter']>): string {
  if (filter.kind === 'verdict') return `with “${filter.name}”`;
  return filter.kind === 'family' ? `about ${FAMILY_NAMES[filter.name].name}` : `with “${LABELS[filter.name].name}”`;
}

function workLine({ path, phase, text, share }: Work, width: number): Line {
  const name = head(basename(path), Math.max(10, Math.floor(width / 3)));
  const bar =
    share === null ? '' : ` ${'█'.repeat(Math.round(share * BAR))}${'─'.repeat(BAR - Math.round(share * BAR))}`;
  if (phase === 'failed') return [part(` ${name}  `, 'strong'), part(text, 'high')];
  return [part(` ${name} `, 'strong'), ...(width < NARROW ? [] : [part(bar, 'good')]), part(` ${text}`, 'quiet')];
}

const BAR = 10;
const NARROW = 60;

function stoppedLine(count: number): Line {
  const what = count === 1 ? 'One analysis was stopped' : `${count} analyses were stopped`;
  return [part(` ${what}. Analyse the same file again, and it goes on where it was.`, 'quiet')];
}

function table({ shown, selected }: State, width: number, rows: number): Line[] {
  const columns = columnsFor(width);
  const [from, to] = windowOf(shown.length, selected, Math.max(1, rows - 1));
  const lines = shown.slice(from, to).map((call, n) => tableRow(columns, width, call, from + n === selected));
  return [tableHead(columns, width), ...lines];
}

const DATE: Column<ListedCall> = { head: 'Date', width: 10, cell: call => ({ text: dayOf(call) }) };
const SHORT_DATE: Column<ListedCall> = { head: 'Date', width: 5, cell: call => ({ text: dayOf(call).slice(5) }) };
const COMPANY: Column<ListedCall> = {
  head: 'Company',
  width: null,
  cell: ({ company, file }) => (company ? { text: company } : { text: file, tone: 'quiet' }),
};
const ROLE: Column<ListedCall> = {
  head: 'Role',
  width: null,
  cell: ({ role }) => ({ text: role ?? '', tone: 'quiet' }),
};
const LENGTH: Column<ListedCall> = {
  head: 'Length',
  width: 8,
  side: 'right',
  cell: ({ duration }) => ({ text: clock(duration), tone: 'quiet' }),
};
const VERDICT: Column<ListedCall> = {
  head: 'Verdict',
  width: 7,
  cell: ({ verdict }) => ({ text: verdict, tone: VERDICT_MEANINGS[verdict] }),
};
const FLAGS: Column<ListedCall> = {
  head: 'Flags',
  width: 5,
  side: 'right',
  cell: call => ({ text: String(countOf(call) || '·') }),
};
const MARKS: Column<ListedCall> = {
  head: '',
  width: 6,
  cell: ({ kept, note }) => ({ text: [kept && 'pin', note && '✎'].filter(Boolean).join(' '), tone: 'quiet' }),
};

function columnsFor(width: number): Column<ListedCall>[] {
  if (width < NARROW) return [SHORT_DATE, COMPANY, VERDICT, FLAGS];
  const families = (Object.keys(FAMILY_NAMES) as Family[]).map(familyColumn);
  return width < 90
    ? [DATE, COMPANY, VERDICT, ...families]
    : [DATE, COMPANY, ROLE, LENGTH, VERDICT, ...families, MARKS];
}

function familyColumn(family: Family): Column<ListedCall> {
  const { head: heading } = FAMILY_NAMES[family];
  const tone = family === 'pressure' || family === 'data-harvesting' ? 'critical' : 'high';
  const cell = ({ flags }: ListedCall): ReturnType<Column<ListedCall>['cell']> =>
    flags[family] === 0 ? { text: '·', tone: 'quiet' } : { text: String(flags[family]), tone };
  return { head: heading, width: heading.length, side: 'right', cell };
}

function dayOf({ date, analyzedAt }: ListedCall): string {
  return date ?? analyzedAt.slice(0, 10);
}
