import { clock } from '../../time.js';
import type { Flag, Report, Speaker, Utterance } from '../../types.js';
import { fitText, wrapLine } from '../cells.js';
import { type Line, type Part, part, type Tone } from '../frame.js';
import { prefixWidth } from '../layout.js';
import type { OpenCall } from '../state.js';
import { FLAG_SIGNS } from '../widgets/timeline.js';

const NAMES: Record<Speaker, string> = { candidate: 'You', interviewer: 'They', platform: 'App', unknown: '?' };
const TONES: Record<Speaker, Tone> = { candidate: 'you', interviewer: 'they', platform: 'quiet', unknown: 'quiet' };

/** How a speaker is called on the screen. */
export function speakerName(speaker: Speaker): string {
  return NAMES[speaker];
}

/** The transcript around the current utterance: only the rows that are seen are made. */
export function transcriptPane({ report, at, row, flag }: OpenCall, width: number, rows: number): Line[] {
  if (report.utterances.every(({ text }) => text === ''))
    return [[part('The words of this call were deleted.', 'quiet')]];
  const flags = flagsByUtterance(report);
  const selected = report.flags[flag];
  const draw = (place: number): Line[] =>
    utteranceRows(report, place, { flags, selected, width, isCurrent: place === at });
  const lines = draw(at).slice(row);
  for (let place = at + 1; lines.length < rows && place < report.utterances.length; place++) lines.push(...draw(place));
  const before: Line[] = row > 0 ? [] : rowsBefore(draw, at, Math.max(Math.floor(rows / 3), rows - lines.length));
  return [...before, ...lines].slice(0, rows);
}

/** Rows above the current utterance, no more than wanted. */
function rowsBefore(draw: (place: number) => Line[], at: number, wanted: number): Line[] {
  let lines: Line[] = [];
  for (let place = at - 1; place >= 0 && lines.length < wanted; place--) lines = [...draw(place), ...lines];
  return wanted > 0 ? lines.slice(-wanted) : [];
}

interface Drawing {
  flags: Map<number, Flag[]>;
  selected: Flag | undefined;
  width: number;
  isCurrent: boolean;
}

function utteranceRows(report: Report, place: number, { flags, selected, width, isCurrent }: Drawing): Line[] {
  const utterance = report.utterances[place];
  if (!utterance) return [];
  const here = flags.get(utterance.id) ?? [];
  const prefix = prefixWidth(report);
  const rows = wrapLine(wordsOf(utterance, here, selected), Math.max(8, width - prefix));
  return rows.map((line, n) => [
    ...(n === 0 ? lead(utterance, here, isCurrent, prefix) : [part(' '.repeat(prefix))]),
    ...line,
  ]);
}

function lead({ start, speaker }: Utterance, flags: Flag[], isCurrent: boolean, width: number): Line {
  const worst = flags.find(({ dismissed }) => !dismissed);
  const sign = isCurrent ? part('›', 'key') : worst ? part(FLAG_SIGNS[worst.severity], worst.severity) : part(' ');
  const time = width > 6 ? `${fitText(clock(start), width - 7, 'right')} ` : '';
  return [sign, part(time, 'quiet'), part(fitText(speakerName(speaker), 5), TONES[speaker])];
}

/** The words with their flagged spans; of overlapping ones the selected flag, else the first, gives the look. */
function wordsOf({ text }: Utterance, flags: Flag[], selected: Flag | undefined): Part[] {
  if (flags.length === 0) return [part(text)];
  const cuts = [...new Set([0, text.length, ...flags.flatMap(({ span }) => span)])]
    .filter(cut => cut >= 0 && cut <= text.length)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, n) => {
    const covering = flags.filter(({ span: [start, end] }) => start <= from && end > from);
    const flag = covering.find(one => one === selected) ?? covering.find(({ dismissed }) => !dismissed);
    const words = part(text.slice(from, cuts[n + 1]), flag && !flag.dismissed ? flag.severity : 'plain');
    return flag && flag === selected ? { ...words, selected: true } : words;
  });
}

function flagsByUtterance({ flags }: Report): Map<number, Flag[]> {
  const found = new Map<number, Flag[]>();
  for (const flag of flags) found.set(flag.utterance, [...(found.get(flag.utterance) ?? []), flag]);
  return found;
}
