import { toAscii } from './ascii.js';
import type { Line, Part } from './frame.js';
import type { Look, Theme } from './theme.js';

const SIXTEEN = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const RESET = '\u001b[0m';

/** Lines with their looks as a terminal takes them: the first screen, drawn before React and Ink are loaded. */
export function paint(lines: Line[], { theme, ascii }: { theme: Theme; ascii: boolean }): string {
  return lines.map(line => line.map(piece => paintPart(piece, theme, ascii)).join('')).join('\r\n');
}

function paintPart({ text, tone, selected }: Part, theme: Theme, ascii: boolean): string {
  const codes = [...codesOf(theme[tone]), ...(selected ? [7] : [])];
  const shown = ascii ? toAscii(text) : text;
  return codes.length === 0 ? shown : `\u001b[${codes.join(';')}m${shown}${RESET}`;
}

function codesOf({ bold, dimColor, underline, color }: Look): number[] {
  return [
    ...(bold ? [1] : []),
    ...(dimColor ? [2] : []),
    ...(underline ? [4] : []),
    ...(color ? colorCodes(color) : []),
  ];
}

function colorCodes(color: string): number[] {
  const [, r, g, b] = /^#(..)(..)(..)$/.exec(color) ?? [];
  const named = SIXTEEN.indexOf(color);
  return r === undefined
    ? named < 0
      ? []
      : [30 + named]
    : [38, 2, ...[r, g, b].map(hex => Number.parseInt(hex ?? '0', 16))];
}
