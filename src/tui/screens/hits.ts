import { clock } from '../../time.js';
import type { Hit } from '../api.js';
import { fitText, widthOf, wrapLine } from '../cells.js';
import { type Line, part, select } from '../frame.js';
import { heightOfScreen } from '../layout.js';
import type { Hits, State } from '../state.js';
import { windowOf } from '../widgets/window.js';
import { speakerName } from './transcript.js';

/** The lines that a search found: one row each, the selected one in full. */
export function hitsScreen(state: State, hits: Hits): Line[] {
  const { columns: width } = state.size;
  const { lines, selected, words } = hits;
  const count = lines.length === 1 ? '1 line' : `${lines.length} lines`;
  const title = [part(' Search', 'title'), part(`  ${count} with “${words}”`, 'quiet')];
  const whole = lines[selected] ? wholeHit(lines[selected], width) : [];
  const rows = heightOfScreen(state.size) - 4 - Math.min(whole.length, MOST_WHOLE);
  const [from, to] = windowOf(lines.length, selected, Math.max(1, rows));
  const list = lines.slice(from, to).map((hit, n) => hitRow(hit, width, from + n === selected));
  const gap = Array.from({ length: Math.max(0, rows - list.length) }, (): Line => []);
  return [title, ...list, ...gap, [part('─'.repeat(width), 'quiet')], ...whole.slice(0, MOST_WHOLE)];
}

const MOST_WHOLE = 4;

function hitRow({ call, start, speaker, text, marks }: Hit, width: number, isSelected: boolean): Line {
  const about = fitText(call.company ?? call.file, Math.min(22, Math.floor(width / 4)));
  const lead = `${isSelected ? '› ' : '  '}${about}  ${clock(start).padStart(7)}  ${speakerName(speaker).padEnd(5)}`;
  const from = firstMark(marks, width - widthOf(lead));
  const line = [part(lead, 'quiet'), ...marked(text, marks, from)];
  return isSelected ? select(line) : line;
}

/** Where a row begins to show a line, so that what was found is seen. */
function firstMark(marks: Hit['marks'], room: number): number {
  const start = marks[0]?.[0] ?? 0;
  return start > room - 12 ? Math.max(0, start - 10) : 0;
}

function wholeHit({ call, text, marks }: Hit, width: number): Line[] {
  const day = call.date ?? call.analyzedAt.slice(0, 10);
  return [
    [part(` ${day}  ${call.company ?? ''}  ${call.file}`, 'quiet')],
    ...wrapLine([part(' '), ...marked(text, marks, 0)], width - 2),
  ];
}

function marked(text: string, marks: Hit['marks'], from: number): Line {
  const line: Line = from > 0 ? [part('…')] : [];
  let at = from;
  for (const [start, end] of marks.filter(([start]) => start >= from)) {
    line.push(part(text.slice(at, start)), part(text.slice(start, end), 'found'));
    at = end;
  }
  return [...line, part(text.slice(at))].filter(piece => piece.text !== '');
}
