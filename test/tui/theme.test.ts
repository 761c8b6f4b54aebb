import { expect, test } from 'vitest';
import { part } from '../../src/tui/frame.js';
import { paint } from '../../src/tui/paint.js';
import { THEMES, themeFor } from '../../src/tui/theme.js';

test.each<[env: NodeJS.ProcessEnv, theme: string]>([
  [{ TERM: 'xterm-256color' }, 'dark'],
  [{ TERM: 'xterm', COLORTERM: 'truecolor' }, 'dark'],
  [{ TERM: 'xterm-256color', COLORFGBG: '0;15' }, 'light'],
  [{ TERM: 'xterm' }, 'sixteen'],
  [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 'none'],
])('%j is drawn in the theme %s', (env, theme) => {
  expect(themeFor(env)).toBe(theme);
});

test('NO_COLOR leaves weight and selection, and no colour', () => {
  const line = [part('a', 'critical'), { ...part('b'), selected: true }];
  expect(paint([line], { theme: THEMES.none, ascii: false })).toBe('\u001b[1ma\u001b[0m\u001b[7mb\u001b[0m');
  expect(paint([line], { theme: THEMES.sixteen, ascii: false })).toContain('\u001b[1;31ma');
});
