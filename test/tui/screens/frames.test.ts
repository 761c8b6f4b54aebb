import { renderToString } from 'ink';
import { createElement } from 'react';
import { describe, expect, test } from 'vitest';
import { Frame } from '../../../src/tui/app.js';
import { widthOf } from '../../../src/tui/cells.js';
import type { State } from '../../../src/tui/state.js';
import { THEMES } from '../../../src/tui/theme.js';
import { afterEvents, callState, emptyState, keys, libraryState } from '../states.js';

const SIZES: [columns: number, rows: number][] = [
  [40, 12],
  [80, 24],
  [120, 36],
];

type Make = (columns: number, rows: number) => State;
const on =
  (make: Make, ...names: string[]): Make =>
  (columns, rows) =>
    afterEvents(make(columns, rows), ...keys(...names)).state;

const SCREENS: [name: string, make: Make][] = [
  ['empty', emptyState],
  ['library', libraryState],
  ['call', callState],
  ['transcript', (columns, rows) => callState(columns, rows, 4)],
  ['help', on(libraryState, '?')],
  ['filter', on(libraryState, 'f', 'down')],
  ['prompt', on(libraryState, 'o', ...'~/calls/1')],
  ['form', on(libraryState, 'e', 'tab')],
];

function frameOf(state: State, ascii = false): string {
  const style = { theme: THEMES.none, ascii };
  return renderToString(createElement(Frame, { state, style }), { columns: state.size.columns });
}

describe.each(SCREENS)('%s', (name, make) => {
  test.each(SIZES)('at %i×%i', async (columns, rows) => {
    await expect(`${frameOf(make(columns, rows))}\n`).toMatchFileSnapshot(`frames/${name}-${columns}x${rows}.txt`);
  });
});

test('--ascii draws the same with ASCII signs, in the same columns', () => {
  const [frame, ascii] = [frameOf(callState(100, 30)), frameOf(callState(100, 30), true)];
  expect(ascii).toMatch(/^[\x20-\x7e\n]*$/);
  expect(ascii.split('\n').map(widthOf)).toEqual(frame.split('\n').map(widthOf));
});
