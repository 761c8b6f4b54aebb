import { widthOf } from './cells.js';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Signs of the same width that every terminal can show. */
const PLAIN = new Map(
  Object.entries({
    ...{ '─': '-', '│': '|', '┬': '+', '┴': '+', '├': '+', '┤': '+', '›': '>', '·': '.', '–': '-', '…': '~' },
    ...{ '“': '"', '”': '"', '’': "'", '‘': "'", '▲': '!', '△': '^', '◆': '#', '●': '*', '○': 'o', '█': '#' },
    ...{ '▄': '=', '▁': '_', '▌': '|', '▏': '|', '«': '<', '»': '>', '✎': '"', '→': '>', '↑': '^', '↓': 'v' },
  }),
);

/** A text in ASCII, each sign as wide as the one it stands for. */
export function toAscii(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return [...graphemes.segment(text)].map(({ segment }) => plain(segment)).join('');
}

function plain(sign: string): string {
  if (/^[\x20-\x7e]+$/.test(sign)) return sign;
  const base = sign.normalize('NFD').replace(/\p{M}/gu, '');
  return PLAIN.get(sign) ?? (/^[\x20-\x7e]$/.test(base) ? base : '?'.repeat(widthOf(sign)));
}
