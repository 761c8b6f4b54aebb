import { Box, Text, useInput } from 'ink';
import { createElement as h, type ReactElement, useSyncExternalStore } from 'react';
import { toAscii } from './ascii.js';
import type { Line, Part } from './frame.js';
import { type InkKey, keysOf } from './ink-keys.js';
import type { Loop } from './loop.js';
import { screen } from './screens/screen.js';
import type { State } from './state.js';
import type { Theme } from './theme.js';

/** How the screen looks. */
export interface Style {
  theme: Theme;
  ascii: boolean;
}

/** The UI on a terminal: draws what the loop holds, and hands it the keys. */
export function App({ loop, style }: { loop: Loop; style: Style }): ReactElement {
  const state = useSyncExternalStore(loop.subscribe, loop.get);
  useInput((input, key) => {
    for (const name of keysOf(input, key as InkKey)) loop.send({ type: 'key', key: name });
  });
  return h(Frame, { state, style });
}

/** A state as it is drawn. */
export function Frame({ state, style }: { state: State; style: Style }): ReactElement {
  const rows = screen(state).map((line, n) => h(Row, { key: n, line, style }));
  return h(Box, { flexDirection: 'column' }, ...rows);
}

function Row({ line, style }: { line: Line; style: Style }): ReactElement {
  return h(
    Text,
    { wrap: 'truncate' },
    ...line.filter(({ text }) => text !== '').map((piece, n) => drawPart(piece, n, style)),
  );
}

function drawPart({ text, tone, selected = false }: Part, n: number, { theme, ascii }: Style): ReactElement {
  return h(Text, { key: n, ...theme[tone], inverse: selected }, ascii ? toAscii(text) : text);
}
