import type { Tone } from './frame.js';

/** How a meaning looks. */
export interface Look {
  color?: string;
  bold?: boolean;
  dimColor?: boolean;
  underline?: boolean;
}

export type Theme = Record<Tone, Look>;

const SHAPES: Theme = {
  plain: {},
  quiet: { dimColor: true },
  strong: { bold: true },
  title: { bold: true },
  critical: { bold: true },
  high: { bold: true },
  medium: {},
  good: {},
  they: {},
  you: {},
  key: { bold: true },
  found: { bold: true, underline: true },
};

const SIXTEEN = colored({
  ...{ critical: 'red', high: 'yellow', medium: 'cyan', good: 'green', they: 'magenta', you: 'blue', key: 'cyan' },
});

/** Every theme by its name. Without colours, meanings are told by weight and by signs. */
export const THEMES = {
  dark: colored({
    ...{ critical: '#ff7b72', high: '#ffb454', medium: '#79c0ff', good: '#7ee787', they: '#d2a8ff', you: '#a5d6ff' },
    ...{ key: '#79c0ff', quiet: '#9aa4b2' },
  }),
  light: colored({
    ...{ critical: '#b3000c', high: '#8a4600', medium: '#0a54a8', good: '#116329', they: '#6b21a8', you: '#0b4f8a' },
    ...{ key: '#0a54a8', quiet: '#57606a' },
  }),
  sixteen: SIXTEEN,
  none: SHAPES,
} satisfies Record<string, Theme>;

export type ThemeName = keyof typeof THEMES;

export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

/** The theme that fits a terminal, from what it says of itself in its environment. */
export function themeFor({ NO_COLOR, COLORTERM, TERM, COLORFGBG }: NodeJS.ProcessEnv): ThemeName {
  if (NO_COLOR) return 'none';
  if (!/truecolor|24bit/i.test(COLORTERM ?? '') && !/256|kitty|direct/.test(TERM ?? '')) return 'sixteen';
  const background = COLORFGBG?.split(';').at(-1);
  return background === '7' || background === '15' ? 'light' : 'dark';
}

function colored(colors: Partial<Record<Tone, string>>): Theme {
  const looks = Object.entries(SHAPES).map(([tone, shape]): [string, Look] => {
    const color = colors[tone as Tone];
    const { dimColor: _, ...rest } = shape;
    return [tone, color === undefined ? shape : { ...rest, color }];
  });
  return Object.fromEntries(looks) as Theme;
}
