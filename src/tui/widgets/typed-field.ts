import { head, tail, widthOf } from '../cells.js';
import { type Line, type Part, part } from '../frame.js';
import type { TextField } from '../text-field.js';

/** A field with its cursor; of a long value the part around the cursor. */
export function typedField({ value, cursor }: TextField, width: number, isActive = true): Line {
  if (!isActive) return [part(head(value, width))];
  const before = tail(value.slice(0, cursor), Math.max(0, width - 2));
  const [first = ' '] = value.slice(cursor);
  const cursorPart: Part = { text: first, tone: 'plain', selected: true };
  const room = Math.max(0, width - widthOf(before) - 2);
  return [part(before), cursorPart, part(head(value.slice(cursor + first.length), room))];
}
