import type { Turn } from '../dialogues/turn.js';
import type { Sides } from '../dialogues.js';

type TimedTurn = Turn & { start: number; end: number };

/** The text of a VTT, SRT or TXT file, by the ending of its name. Without names, nothing tells who speaks. */
export function toTranscript(file: string, names: Sides | null, turns: TimedTurn[]): string {
  if (file.endsWith('.vtt')) return ['WEBVTT', ...turns.map(turn => vttCue(turn, names))].join('\n\n').concat('\n');
  if (file.endsWith('.srt')) return turns.map((turn, i) => srtCue(turn, i + 1)).join('\n');
  return turns.map(({ speaker, text }) => `${names?.[speaker] ?? 'Speaker'}: ${text}\n`).join('');
}

/** Seconds that a person needs to say a text, roughly. */
export function readingTime(text: string): number {
  return 0.3 + 0.35 * text.split(' ').length;
}

function vttCue({ speaker, text, start, end }: TimedTurn, names: Sides | null): string {
  const said = names ? `<v ${names[speaker]}>${text}</v>` : text;
  return `${stamp(start)} --> ${stamp(end)}\n${said}`;
}

function srtCue({ text, start, end }: TimedTurn, number: number): string {
  const times = [start, end].map(seconds => stamp(seconds).replace('.', ','));
  return `${number}\n${times.join(' --> ')}\n${wrapped(text)}\n`;
}

/** Seconds as `00:02:05.500`. */
function stamp(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
}

/** Lines of at most 45 characters, as subtitles have them. */
function wrapped(text: string): string {
  return text.replace(/(.{1,45})(?: |$)/g, '$1\n').trimEnd();
}
