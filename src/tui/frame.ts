/** What a colour means; views name meanings, and a theme gives them colours. */
export type Tone =
  | 'plain'
  | 'quiet'
  | 'strong'
  | 'title'
  | 'critical'
  | 'high'
  | 'medium'
  | 'good'
  | 'they'
  | 'you'
  | 'key'
  | 'found';

/** A piece of a line with one meaning. */
export interface Part {
  text: string;
  tone: Tone;
  /** Shown in reverse: what is selected. */
  selected?: boolean;
}

/** One row of the screen. */
export type Line = Part[];

/** Rows and columns of the terminal. */
export interface Size {
  columns: number;
  rows: number;
}

export function part(text: string, tone: Tone = 'plain'): Part {
  return { text, tone };
}

/** The text of a line without its meaning. */
export function textOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}

/** A line as the selected one. */
export function select(line: Line): Line {
  return line.map(piece => ({ ...piece, selected: true }));
}
