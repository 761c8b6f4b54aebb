import { VERDICT_MEANINGS } from '../../report/list.js';
import { headlineOf } from '../../report/text.js';
import { LABELS } from '../../taxonomy.js';
import { clock } from '../../time.js';
import type { Flag, Report } from '../../types.js';
import { fitLine, fitText, widthOf, wrapText } from '../cells.js';
import { type Line, part, select } from '../frame.js';
import { type CallAreas, callAreas } from '../layout.js';
import type { OpenCall, Pane, State } from '../state.js';
import { FLAG_SIGNS, timeline } from '../widgets/timeline.js';
import { windowOf } from '../widgets/window.js';
import { detailsPane } from './details.js';
import { transcriptPane } from './transcript.js';

/** One call: verdict, timeline, flags, what they mean, and the transcript. */
export function callScreen(state: State, call: OpenCall): Line[] {
  const { report, flag } = call;
  const { columns: width } = state.size;
  const areas = callAreas(state.size, report.flags.length);
  return [
    header(state, report),
    [part(` ${headlineOf(report)}`, VERDICT_MEANINGS[report.verdict.level]), ...flagCount(report)],
    ...reasons(report, width, areas.reasons),
    ...timeline(report, flag, width - 1, areas.timeline).map(line => [part(' '), ...line]),
    ...(areas.isWide ? sideBySide(call, areas) : stacked(call, areas)),
  ];
}

function header({ calls }: State, { call }: Report): Line {
  const listed = calls.find(({ id }) => id === call.id) ?? call;
  const facts = [
    listed.role,
    listed.date,
    clock(call.duration),
    listed.company ? call.file : null,
    listed.kept ? 'pinned' : null,
  ];
  return [part(` ${listed.company ?? call.file}`, 'title'), part(`  ${facts.filter(Boolean).join(' · ')}`, 'quiet')];
}

function flagCount({ flags }: Report): Line {
  const counted = flags.filter(({ dismissed }) => !dismissed).length;
  const dismissed = flags.length - counted;
  const what = counted === 1 ? '1 flag' : `${counted} flags`;
  return [part(`  ${what}${dismissed > 0 ? `, ${dismissed} dismissed` : ''}`, 'quiet')];
}

function reasons({ verdict }: Report, width: number, rows: number): Line[] {
  const lines = verdict.reasons.flatMap(reason => wrapText(reason, width - 2)).map((text): Line => [part(` ${text}`)]);
  const shown = lines.slice(0, rows);
  if (lines.length > rows && rows > 0)
    shown[rows - 1] = [
      part(
        ` ${fitText(
          `${lines
            .slice(rows - 1)
            .map(([piece]) => piece?.text.trim())
            .join(' ')}`,
          width - 2,
        )}`,
      ),
    ];
  return [...shown, ...blank(rows - shown.length)];
}

function sideBySide(call: OpenCall, { left, right, flags, details, transcript }: CallAreas): Line[] {
  const lefts = [
    ...flagPane(call, left, flags),
    paneTitle('What it means', 'details', call.pane, left),
    ...detailsPane(call, left - 2, details),
  ];
  const rights = transcriptPane(call, right, transcript);
  const rule = [
    ...paneTitle('Flags', 'flags', call.pane, left),
    part('─┬─', 'quiet'),
    ...paneTitle('Transcript', 'transcript', call.pane, right),
  ];
  const rows = Array.from(
    { length: transcript },
    (_, n): Line => [...fitLine(lefts[n] ?? [], left), part(' │ ', 'quiet'), ...(rights[n] ?? [])],
  );
  return [rule, ...rows];
}

function stacked(call: OpenCall, { left, flags, details }: CallAreas): Line[] {
  const isReading = call.pane === 'transcript';
  const pane = isReading
    ? transcriptPane(call, left, details)
    : detailsPane(call, left - 2, details).map((line): Line => [part(' '), ...line]);
  const title = isReading
    ? paneTitle('Transcript', 'transcript', call.pane, left)
    : paneTitle('What it means', 'details', call.pane, left);
  return [
    paneTitle('Flags', 'flags', call.pane, left),
    ...fill(flagPane(call, left, flags), flags),
    title,
    ...fill(pane, details),
  ];
}

function paneTitle(title: string, pane: Pane, active: Pane, width: number): Line {
  const isActive = pane === active;
  const text = `─ ${isActive ? '› ' : ''}${title} `;
  return [part(text, isActive ? 'key' : 'quiet'), part('─'.repeat(Math.max(0, width - widthOf(text))), 'quiet')];
}

function flagPane({ report, flag, pane }: OpenCall, width: number, rows: number): Line[] {
  const { flags } = report;
  if (flags.length === 0) return [[part('  None found. That is not proof that there was none.', 'quiet')]];
  const [from, to] = windowOf(flags.length, flag, rows);
  const time = Math.max(...flags.map(({ start }) => (start === null ? 0 : clock(start).length)));
  return flags
    .slice(from, to)
    .map((one, n) => flagRow(one, { width, time }, { isCurrent: from + n === flag, isActive: pane === 'flags' }));
}

function flagRow(
  { start, label, severity, dismissed }: Flag,
  columns: { width: number; time: number },
  { isCurrent, isActive }: { isCurrent: boolean; isActive: boolean },
): Line {
  const time = columns.time === 0 ? '' : `${(start === null ? '' : clock(start)).padStart(columns.time)}  `;
  const sign = dismissed ? part('○ ', 'quiet') : part(`${FLAG_SIGNS[severity]} `, severity);
  const name = dismissed ? part(`${LABELS[label].name} (dismissed)`, 'quiet') : part(LABELS[label].name);
  const line = fitLine([part(isCurrent ? '› ' : '  ', 'key'), sign, part(time, 'quiet'), name], columns.width);
  return isCurrent && isActive ? select(line) : line;
}

function blank(rows: number): Line[] {
  return Array.from({ length: Math.max(0, rows) }, () => []);
}

function fill(lines: Line[], rows: number): Line[] {
  return [...lines.slice(0, rows), ...blank(rows - lines.length)];
}
