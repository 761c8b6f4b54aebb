import { clock } from '../time.js';
import type { Paint } from './style.js';

/** How a report is laid out as text. */
export interface TextOptions {
  /** Columns of the terminal. */
  width: number;
  paint: Paint;
  /** Print every utterance after the report. */
  transcript: boolean;
}

/** Before every line. */
export const INDENT = '  ';
/** Before the lines that belong to the one with a time above them. */
export const BODY = '        ';

/** The time of a line, as wide as `BODY`; empty where a transcript has no times. */
export function timeColumn(seconds: number | null): string {
  return (seconds === null ? '' : `${clock(seconds)} `).padEnd(BODY.length - INDENT.length);
}
