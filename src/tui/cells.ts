import stringWidth from 'string-width';
import type { Line, Part } from './frame.js';

const ASCII = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += widthOfSign(segment);
  return width;
}

const widths = new Map<string, number>();
const MOST_WIDTHS = 5000;

/** Characters come again and again, and measuring one takes long. */
function widthOfSign(sign: string): number {
  let width = widths.get(sign);
  if (width === undefined) {
    if (widths.size >= MOST_WIDTHS) widths.clear();
    width = stringWidth(sign);
    widths.set(sign, width);
  }
  return width;
}

/** No character that fits into a column has more units of text; what is beyond need not be measured. */
const MOST_UNITS = 64;

/** A text in exactly so many columns: cut with `…`, or filled with spaces. */
export function fitText(whole: string, width: number, side: 'left' | 'right' = 'left'): string {
  if (width <= 0) return '';
  const text = whole.slice(0, width * MOST_UNITS);
  const cut = widthOf(text) <= width ? text : `${head(text, width - 1)}…`;
  const space = ' '.repeat(width - widthOf(cut));
  return side === 'left' ? cut + space : space + cut;
}

/** As many characters as fit into some columns. */
export function head(text: string, width: number): string {
  if (ASCII.test(text)) return text.slice(0, Math.max(0, width));
  let [used, end] = [0, 0];
  for (const { segment } of graphemes.segment(text)) {
    used += widthOfSign(segment);
    if (used > width) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

/** As many of the last characters as fit into some columns. */
export function tail(text: string, width: number): string {
  if (ASCII.test(text)) return text.slice(Math.max(0, text.length - width));
  let [used, start] = [0, text.length];
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    used += widthOfSign(segment);
    if (used > width) break;
    start -= segment.length;
  }
  return text.slice(start);
}

/** A line in exactly so many columns. */
export function fitLine(parts: Line, width: number): Line {
  const line = unbroken(parts);
  const fitted: Line = [];
  let left = width;
  for (const [n, piece] of line.entries()) {
    const wide = widthOf(piece.text);
    const isLast = n === line.length - 1;
    if (wide > left || (wide === left && !isLast && line.slice(n + 1).some(({ text }) => text !== ''))) {
      fitted.push({ ...piece, text: fitText(`${piece.text}${isLast ? '' : ' '}`.padEnd(left + 1), left) });
      return fitted;
    }
    fitted.push(piece);
    left -= wide;
  }
  return left > 0 ? [...fitted, { text: ' '.repeat(left), tone: 'plain', ...selectedLike(line) }] : fitted;
}

/** Where two parts meet within a character, it is drawn with the look of the first. */
function unbroken(line: Line): Line {
  const [first] = line;
  if (!first || line.every(({ text }) => ASCII.test(text))) return line;
  const text = line.map(piece => piece.text).join('');
  const sum = line.reduce((total, piece) => total + widthOf(piece.text), 0);
  return widthOf(text) === sum ? line : [{ ...first, text }];
}

function selectedLike(line: Line): Pick<Part, 'selected'> {
  return line.length > 0 && line.every(({ selected }) => selected) ? { selected: true } : {};
}

/** Breaks a line at spaces into rows of at most so many columns; a longer word is cut. */
export function wrapLine(line: Line, width: number): Line[] {
  const text = line.map(piece => piece.text).join('');
  return rangesOf(text, Math.max(2, width)).map(range => slice(line, range));
}

/** Breaks a text into rows, see `wrapLine`. */
export function wrapText(text: string, width: number): string[] {
  return rangesOf(text, Math.max(2, width)).map(([from, to]) => text.slice(from, to));
}

type Range = [from: number, to: number];

function rangesOf(text: string, width: number): Range[] {
  const ranges: Range[] = [];
  let row: { range: Range; used: number } | null = null;
  for (const { range, wide } of wordsOf(text, width)) {
    const gap: number = row === null ? 0 : range[0] - row.range[1];
    if (row !== null && row.used + gap + wide <= width) {
      row = { range: [row.range[0], range[1]], used: row.used + gap + wide };
      continue;
    }
    if (row !== null) ranges.push(row.range);
    row = { range, used: wide };
  }
  return row === null ? [[0, 0]] : [...ranges, row.range];
}

/** The words of a text; one that is too long for a row in pieces that are not. */
function* wordsOf(text: string, width: number): Generator<{ range: Range; wide: number }> {
  for (const { index, 0: word } of text.matchAll(/\S+/gu)) {
    const wide = word.length > width * MOST_UNITS ? Number.POSITIVE_INFINITY : widthOf(word);
    if (wide <= width) yield { range: [index, index + word.length], wide };
    else yield* piecesOf(word, index, width);
  }
}

function* piecesOf(word: string, index: number, width: number): Generator<{ range: Range; wide: number }> {
  if (ASCII.test(word)) {
    for (let at = 0; at < word.length; at += width) {
      const end = Math.min(word.length, at + width);
      yield { range: [index + at, index + end], wide: end - at };
    }
    return;
  }
  let [from, at, used] = [index, index, 0];
  for (const { segment } of graphemes.segment(word)) {
    const wide = widthOfSign(segment);
    if (used + wide > width && at > from) {
      yield { range: [from, at], wide: used };
      [from, used] = [at, 0];
    }
    at += segment.length;
    used += wide;
  }
  yield { range: [from, at], wide: used };
}

function slice(line: Line, [from, to]: Range): Line {
  const sliced: Line = [];
  let at = 0;
  for (const piece of line) {
    const text = piece.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== '') sliced.push({ ...piece, text });
    at += piece.text.length;
  }
  return sliced;
}
