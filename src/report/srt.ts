import type { Report } from '../types.js';
import { cueTime, toCues } from './cues.js';
import { SPEAKER_NAMES } from './shown.js';

/** Subtitles as SRT, flags on a line of their own. */
export function renderSrt(report: Report): string {
  return toCues(report)
    .map(({ start, end, speaker, text, flags }, i) => {
      const lines = [`${SPEAKER_NAMES[speaker]}: ${text}`, ...flags.map(name => `[${name}]`)];
      return [i + 1, `${cueTime(start, ',')} --> ${cueTime(end, ',')}`, ...lines.map(plain), ''].join('\n');
    })
    .join('\n');
}

/** SRT knows no way to write these as what they are; players read them as commands. */
function plain(text: string): string {
  return text.replace(/[<>{}]/g, sign => LOOKALIKES[sign] ?? '');
}

const LOOKALIKES: Record<string, string> = { '<': '‹', '>': '›', '{': '(', '}': ')' };
