import { render } from 'ink';
import { createElement } from 'react';
import { App, type Style } from './app.js';
import type { Loop } from './loop.js';

/** The UI as Ink draws it; alone in its file, as Ink and React take long to load. */
export function mount(loop: Loop, style: Style): { unmount(): void; failed: Promise<unknown> } {
  const ink = render(createElement(App, { loop, style }), { exitOnCtrlC: false, patchConsole: false });
  return { unmount: () => ink.unmount(), failed: ink.waitUntilExit() };
}
