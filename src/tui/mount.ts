import { render } from 'ink';
import { createElement } from 'react';
import { App, type Style } from './app.js';
import type { Loop } from './loop.js';

/** The UI as Ink draws it; alone in its file, as Ink and React take long to load. */
export function mount(loop: Loop, style: Style): { unmount(): void; failed: Promise<unknown> } {
  const stdout = endless(process.stdout);
  const ink = render(createElement(App, { loop, style }), {
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 120,
  });
  return { unmount: () => ink.unmount(), failed: ink.waitUntilExit() };
}

const MANY_ROWS = 1_000_000;

/**
 * The terminal as Ink shall see it. Where what it drew is as high as the terminal, it clears the person’s scrollback, too; and after
 * a change of size it erases rows that are not its own. The screen fits, and a change of size is answered by the display.
 */
function endless(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stdout, {
    get: (target, name) => {
      if (name === 'rows') return MANY_ROWS;
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) =>
        name === 'on' && args[0] === 'resize' ? target : Reflect.apply(value, target, args);
    },
  });
}
