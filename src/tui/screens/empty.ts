import { wrapText } from '../cells.js';
import { type Line, part } from '../frame.js';
import type { State } from '../state.js';

/** What stands where there are no calls: how to begin, or how to see all again. */
export function emptyLibrary({ calls, works, size }: State, rows: number): Line[] {
  const texts = calls.length > 0 ? NONE_FIT : works.length > 0 ? WORKING : NO_CALLS;
  const lines: Line[] = [];
  for (const [tone, text] of texts) {
    const wrapped = wrapText(text, Math.min(72, size.columns - 4)).map(row => [part(`  ${row}`, tone)]);
    if (lines.length + wrapped.length + 1 <= rows) lines.push([], ...wrapped);
  }
  return lines;
}

type Text = ['strong' | 'plain' | 'quiet', string];

const NO_CALLS: Text[] = [
  ['strong', 'You have just had a call? Let’s see what was asked of you.'],
  ['plain', 'Press o, and type where the recording or the transcript is.'],
  [
    'quiet',
    'Nothing leaves this computer. The recording is only read; what is found is kept encrypted, and you can delete it for good at any time.',
  ],
];
const WORKING: Text[] = [
  ['strong', 'Your first call is being analysed.'],
  [
    'quiet',
    'You can wait here, or quit: what was heard by then is kept, and analysing the same file again goes on from there.',
  ],
];
const NONE_FIT: Text[] = [
  ['strong', 'No call fits.'],
  ['plain', 'Press esc to see all calls again, or f for another filter.'],
];
