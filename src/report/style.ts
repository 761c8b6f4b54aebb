/** What a colour means; the report names meanings, never colours. */
export type Meaning = 'critical' | 'high' | 'medium' | 'good' | 'quiet' | 'strong';

/** Puts a meaning on a text. */
export type Paint = (meaning: Meaning, text: string) => string;

const CODES: Record<Meaning, [open: number, close: number]> = {
  critical: [31, 39],
  high: [33, 39],
  medium: [36, 39],
  good: [32, 39],
  quiet: [2, 22],
  strong: [1, 22],
};

/** Colours for a terminal, or none. */
export function painter(colored: boolean): Paint {
  return colored
    ? (meaning, text) => `\u001b[${CODES[meaning][0]}m${text}\u001b[${CODES[meaning][1]}m`
    : (_, text) => text;
}
