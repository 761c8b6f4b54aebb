import { toMillisecond } from '../time.js';
import type { Piece, Trust, Window } from '../types.js';
import { guardText } from './guards.js';
import type { Heard } from './whisper.js';

/** What no speaker says in less: below this, a window's text has no time to have been spoken. */
const MIN_SECONDS = 0.1;

/**
 * What Whisper heard in a window → pieces in recording time: guarded against invented text, clamped to the window, starts
 * and ends never going back.
 * @param trust how far this model's words can be believed at best
 */
export function toPieces(heard: Heard[], window: Window, trust: Trust): Piece[] {
  const length = window.end - window.start;
  const whole = guardText(heard.map(({ text }) => text).join(' '), length);
  if (whole.text === '') return [];
  let from = 0;
  return heard.flatMap(({ start, end, text }): Piece[] => {
    const begin = clamp(start, from, length);
    const stop = clamp(end ?? length, begin, length);
    const guarded = guardText(text, Math.max(MIN_SECONDS, (end ?? length) - start, stop - begin));
    if (guarded.text === '') return [];
    from = stop;
    const doubtful = guarded.doubt !== null || whole.doubt !== null;
    const times = { start: toMillisecond(window.start + begin), end: toMillisecond(window.start + stop) };
    return [
      {
        ...times,
        channel: window.channel,
        speaker: 'unknown',
        text: guarded.text,
        trust: doubtful ? 'doubtful' : trust,
      },
    ];
  });
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
