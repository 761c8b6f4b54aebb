import { renderToString } from 'ink';
import { createElement } from 'react';
import { describe, expect, test } from 'vitest';
import { Frame } from '../../../src/tui/app.js';
import { widthOf } from '../../../src/tui/cells.js';
import { textOf } from '../../../src/tui/frame.js';
import { harmless } from '../../../src/tui/harmless.js';
import { heightOfScreen } from '../../../src/tui/layout.js';
import { paint } from '../../../src/tui/paint.js';
import { screen } from '../../../src/tui/screens/screen.js';
import type { Event, State } from '../../../src/tui/state.js';
import { THEMES } from '../../../src/tui/theme.js';
import type { Report } from '../../../src/types.js';
import { afterEvents, callReport, callState, keys, libraryState, listedCalls } from '../states.js';

const HOSTILE = [
  '\u001b[2J\u001b[H\u001b]0;owned\u0007\u001b[31mred\u001b]52;c;aGk=\u001b\\',
  'a\u202eevil\u202c b\u2066c\u2069 \u200f',
  'nul\u0000 bell\u0007 back\b\b\b tab\t line\nnext\r return\u009b31m',
  'x'.repeat(10_000),
  '漢'.repeat(2_000),
  '👩‍👩‍👧‍👦🦓é e\u0301\u0327 ا\u0651 \ud800 half',
  `${'a\u0300'.repeat(40)}\u2028\u2029`,
];

const SIZES: [columns: number, rows: number][] = [
  [40, 12],
  [79, 24],
  [100, 21],
  [300, 100],
];

/** Every text of a call is this one. */
function hostileReport(text: string): Report {
  const report = callReport();
  const span: [number, number] = [0, Math.min(30, text.length)];
  return {
    ...report,
    call: { ...report.call, company: text, role: text, file: text, date: text, note: text },
    notices: [text],
    verdict: { level: 'leave', reasons: [text] },
    utterances: report.utterances.map(utterance => ({ ...utterance, text })),
    flags: report.flags.map(flag => ({ ...flag, quote: text, span, why: [{ text, weight: 1, span }] })),
  };
}

function hostileStates(text: string, columns: number, rows: number): State[] {
  const calls = listedCalls().map(call => ({ ...call, company: text, role: text, file: text, note: text, date: text }));
  const report = hostileReport(text);
  const library = afterEvents(
    libraryState(columns, rows),
    harmless<Event>({ type: 'calls', calls, total: calls.length, stopped: 2 }),
  ).state;
  const call = afterEvents(library, harmless<Event>({ type: 'opened', report, utterance: null })).state;
  const line = {
    call: { id: 'a', file: text, date: text, company: text, analyzedAt: text },
    utterance: 0,
    start: 1,
    speaker: 'interviewer' as const,
    text,
    marks: [[0, 5]] as [number, number][],
  };
  const hits = afterEvents(library, harmless<Event>({ type: 'hits', words: text, lines: [line, line] })).state;
  const reader = afterEvents(
    call,
    harmless<Event>({ type: 'text', about: 'letter', title: text, lines: [text, text], call: 'a', letter: text }),
  ).state;
  const plan = afterEvents(
    call,
    harmless<Event>({ type: 'plan', call: 'a', lines: [text], withRecordings: true }),
  ).state;
  const failed = afterEvents(
    afterEvents(library, ...keys('o', ...'a', 'enter')).state,
    harmless<Event>({ type: 'work-failed', number: 1, text }),
  ).state;
  return [
    library,
    call,
    hits,
    reader,
    plan,
    failed,
    ...[['tab'], ['tab', 'tab'], ['e'], ['x', 'enter'], ['e', 'end', 'left']].map(
      names => afterEvents(call, ...keys(...names)).state,
    ),
  ];
}

describe.each(SIZES)('hostile text at %i×%i', (columns, rows) => {
  test.each(HOSTILE.map((text, n) => [n, text] as const))('%i neither breaks a row nor gets through', (_, text) => {
    for (const state of hostileStates(text, columns, rows)) {
      const lines = screen(state);
      expect(lines).toHaveLength(heightOfScreen({ columns, rows }));
      for (const line of lines) expect([textOf(line), widthOf(textOf(line))]).toEqual([textOf(line), columns]);
      expect(lines.map(textOf).join('')).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    }
  });
});

test('Ink draws each row in one row', () => {
  for (const text of HOSTILE)
    for (const state of hostileStates(text, 80, 24)) {
      const style = { theme: THEMES.none, ascii: false };
      const drawn = renderToString(createElement(Frame, { state, style }), { columns: 80 });
      expect(drawn.split('\n')).toHaveLength(23);
    }
});

test('the first screen is painted with no sequence but those of its theme', () => {
  const esc = String.fromCharCode(27);
  for (const text of HOSTILE)
    for (const state of hostileStates(text, 80, 24)) {
      const painted = paint(screen(state), { theme: THEMES.dark, ascii: false });
      const rest = painted.replaceAll(new RegExp(`${esc}\\[[\\d;]*m`, 'g'), '').replaceAll('\r\n', '');
      expect(rest).not.toMatch(/\p{Cc}/u);
    }
});

test('a transcript of 12 hours is drawn by its rows', () => {
  const report = callReport();
  const utterances = Array.from({ length: 9_000 }, (_, id) => ({
    ...report.utterances[id % 8],
    id,
    start: id * 4.8,
    end: id * 4.8 + 4,
  })) as Report['utterances'];
  const open = afterEvents(callState(), {
    type: 'opened',
    report: { ...report, call: { ...report.call, duration: 43_200 }, utterances },
    utterance: 4_444,
  }).state;
  const { state } = afterEvents(open, ...keys(...new Array<string>(50).fill('down')));
  expect(state.call?.at).toBe(4_494);
  const shown = screen(state).map(textOf).join('\n');
  expect(shown).toContain('› 5:59:31 ');
  expect(shown).toContain('12:00:00');
});
