import type { Report } from '../types.js';
import { cueTime, toCues } from './cues.js';
import { SPEAKER_NAMES } from './shown.js';

/** Subtitles as WebVTT with the speakers as voices, flags on a line of their own. */
export function renderVtt(report: Report): string {
  const cues = toCues(report).map(({ start, end, speaker, text, flags }) => {
    const lines = [`<v ${SPEAKER_NAMES[speaker]}>${plain(text)}</v>`, ...flags.map(name => `[${plain(name)}]`)];
    return ['', `${cueTime(start, '.')} --> ${cueTime(end, '.')}`, ...lines, ''].join('\n');
  });
  return ['WEBVTT', ...cues].join('\n');
}

function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
