import { cleanText } from '../clean-text.js';
import { OffRecordError } from '../errors.js';
import type { Report, Speaker } from '../types.js';
import { flagNamesOn, shownFlags, shownUtterances } from './shown.js';

/** What a subtitle shows. */
export interface Cue {
  start: number;
  end: number;
  speaker: Speaker;
  text: string;
  /** The names of the flags on it. */
  flags: string[];
}

/** A cue that takes no time is shown by no player. */
const SHORTEST_SECONDS = 0.001;

/**
 * The utterances with times as subtitles.
 * @throws OffRecordError `failed` for a call without times or words: there would be nothing to show
 */
export function toCues(report: Report): Cue[] {
  const flags = shownFlags(report);
  const cues = shownUtterances(report).flatMap(({ id, start, end, speaker, text }) => {
    if (start === null) return [];
    const shownUntil = Math.max(end ?? start, start + SHORTEST_SECONDS);
    return [{ start, end: shownUntil, speaker, text: cleanText(text), flags: flagNamesOn(flags, id) }];
  });
  if (cues.length > 0) return cues;
  throw new OffRecordError(
    'failed',
    `The call ${report.call.id} has no words with times, so there are no subtitles. Export it as md or html.`,
  );
}

/** `00:01:02,500`, with the sign before the milliseconds that the format wants. */
export function cueTime(seconds: number, sign: ',' | '.'): string {
  const ms = Math.round(seconds * 1000);
  const parts = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${parts.map(n => String(n).padStart(2, '0')).join(':')}${sign}${String(ms % 1000).padStart(3, '0')}`;
}
