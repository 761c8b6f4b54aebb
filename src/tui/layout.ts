import { clock } from '../time.js';
import type { Report, Utterance } from '../types.js';
import { widthOf, wrapText } from './cells.js';
import type { Size } from './frame.js';

const TWO_COLUMNS = 100;
const WIDEST_LEFT = 58;

/** How many rows and columns each part of the call screen has. */
export interface CallAreas {
  /** Rows of the reasons for the verdict. */
  reasons: number;
  /** Rows of the timeline: 1 shows flags alone, 3 who talks, too. */
  timeline: number;
  flags: number;
  details: number;
  transcript: number;
  /** Columns of flags and details, and of the transcript; in two columns, or one above the other. */
  left: number;
  right: number;
  isWide: boolean;
}

/** Rows that a screen fills: the last one of the terminal stays free, so that nothing ever scrolls. */
export function heightOfScreen({ rows }: Size): number {
  return Math.max(4, rows - 1);
}

/** Divides the call screen. */
export function callAreas(size: Size, flags: number): CallAreas {
  const height = heightOfScreen(size);
  const reasons = height < 14 ? 0 : height < 22 ? 1 : height < 36 ? 2 : 3;
  const timeline = height < 20 ? 1 : 3;
  const rest = Math.max(2, height - OTHER_ROWS - reasons - timeline);
  const isWide = size.columns >= TWO_COLUMNS;
  const listed = Math.max(1, Math.min(flags, Math.floor(rest / 3)));
  const under = Math.max(1, rest - listed - 1);
  const left = isWide ? Math.min(WIDEST_LEFT, Math.floor(size.columns * 0.42)) : size.columns;
  const right = isWide ? size.columns - left - 3 : size.columns;
  return { reasons, timeline, flags: listed, details: under, transcript: isWide ? rest : under, left, right, isWide };
}

/** Header, verdict, one rule, message and footer. */
const OTHER_ROWS = 5;

/** Columns before the words of an utterance: mark, time and speaker. */
export function prefixWidth({ call, utterances }: Report): number {
  const last = call.duration ?? utterances.at(-1)?.start ?? null;
  return 1 + (last === null ? 0 : widthOf(clock(last)) + 1) + 'They '.length;
}

/** Rows of the transcript, and columns of the words in it. */
export function wordArea(size: Size, report: Report): { rows: number; columns: number } {
  const { transcript, right } = callAreas(size, report.flags.length);
  return { rows: transcript, columns: Math.max(8, right - prefixWidth(report)) };
}

/** Rows of an utterance. */
export function heightOf(utterance: Utterance | undefined, columns: number): number {
  return utterance ? wrapText(utterance.text, columns).length : 0;
}
