import { SEVERITY_ORDER } from '../../report/shown.js';
import { clock } from '../../time.js';
import type { Flag, Report, Severity, Utterance } from '../../types.js';
import { fitText } from '../cells.js';
import { type Line, part, type Tone } from '../frame.js';

/** What a flag looks like on the timeline: told apart without colours, too. */
export const FLAG_SIGNS: Record<Severity, string> = { critical: '◆', high: '▲', medium: '△' };

const LABEL_COLUMNS = 6;
const HEIGHTS = [' ', '▁', '▄', '█'];

/** The whole call as a bar: who talked when, and where the flags are. One row shows the flags alone. */
export function timeline(report: Report, selected: number, width: number, rows: number): Line[] {
  const end = clock(report.call.duration);
  const columns = Math.max(4, width - LABEL_COLUMNS - end.length - 1);
  const scale = scaleOf(report, columns);
  const flags = flagRow(report, selected, columns, scale);
  const bar = (label: string, line: Line, tail = ''): Line => [
    part(fitText(label, LABEL_COLUMNS), 'quiet'),
    ...line,
    part(` ${tail}`, 'quiet'),
  ];
  if (rows < 3) return [bar('Flags', flags, end)];
  const talk = (tone: Tone, isMine: boolean): Line => [part(talkRow(report, isMine, columns, scale), tone)];
  return [bar('They', talk('they', false), end), bar('You', talk('you', true)), bar('Flags', flags)];
}

/** Where something is on the bar: by its time, or by its place where a transcript has no times. */
type Scale = (utterance: Pick<Utterance, 'start'> | undefined, place: number) => number;

function scaleOf({ call, utterances }: Report, columns: number): Scale {
  const cell = (share: number): number => Math.max(0, Math.min(columns - 1, Math.floor(share * columns)));
  const { duration } = call;
  return (utterance, place) =>
    duration !== null && duration > 0 && utterance?.start != null
      ? cell(utterance.start / duration)
      : cell(place / Math.max(1, utterances.length));
}

/** How much of each cell a side talked. */
function talkRow({ call, utterances }: Report, isMine: boolean, columns: number, scale: Scale): string {
  const talked = new Array<number>(columns).fill(0);
  const cellSeconds = (call.duration ?? utterances.length) / columns;
  for (const [n, utterance] of utterances.entries()) {
    if ((utterance.speaker === 'candidate') !== isMine) continue;
    const from = scale(utterance, n);
    const seconds = (utterance.end ?? 0) - (utterance.start ?? 0) || 1;
    for (let left = seconds, at = from; left > 0 && at < columns; at++, left -= cellSeconds)
      talked[at] = (talked[at] ?? 0) + Math.min(left, cellSeconds);
  }
  return talked.map(seconds => HEIGHTS[heightOf(seconds / cellSeconds)]).join('');
}

function heightOf(share: number): number {
  if (share <= 0.02) return 0;
  return share < 0.34 ? 1 : share < 0.67 ? 2 : 3;
}

/** The most serious flag of a cell stands for it, but the selected one always shows. */
function flagRow({ flags, utterances }: Report, selected: number, columns: number, scale: Scale): Line {
  const cells = new Map<number, { flag: Flag; isSelected: boolean }>();
  for (const [n, flag] of flags.entries()) {
    const at = scale(flag, utterances[flag.utterance]?.id === flag.utterance ? flag.utterance : n);
    const there = cells.get(at);
    if (n === selected || !there || (!there.isSelected && weight(flag) > weight(there.flag)))
      cells.set(at, { flag, isSelected: n === selected });
  }
  return Array.from({ length: columns }, (_, at) => {
    const cell = cells.get(at);
    if (!cell) return part('─', 'quiet');
    const { flag, isSelected } = cell;
    const sign = flag.dismissed ? part('○', 'quiet') : part(FLAG_SIGNS[flag.severity], flag.severity);
    return isSelected ? { ...sign, selected: true } : sign;
  });
}

function weight({ severity, dismissed }: Flag): number {
  return dismissed ? -1 : SEVERITY_ORDER.length - SEVERITY_ORDER.indexOf(severity);
}
