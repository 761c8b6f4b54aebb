import { ReadableStream } from 'node:stream/web';
import { parseTextStream } from 'media-captions';
import type { Piece, SpeakerMap } from '../types.js';
import { type CueLine, cueLines } from './cue-lines.js';
import { speakerNames, splitName } from './names.js';
import { parseTimestamp } from './timestamp.js';
import { type Said, toGivenPieces } from './voices.js';

/** Also `NaN:NaN`, which some programs write. Settings after the times are not needed. */
const TIMING = /^([-Na\d:.,]{1,40}?)\s*-->\s*([-Na\d:.,]{1,40})/;
/** The parser knows two digits of hours. */
const LAST_START = 100 * 3600 - 2;

/** Whether a text without a telling name is one of subtitles. */
export function looksLikeSubtitles(text: string): boolean {
  return /^[ \t]{0,9}[\d:.,]{4,16}[ \t]{1,9}-->[ \t]{1,9}\d/m.test(text.slice(0, 2000));
}

/**
 * VTT or SRT → pieces, times in seconds. Speakers come from `<v Name>` tags or `Name:` at the beginning of a line. A cue
 * whose times cannot be read, or that ends before it begins, keeps its words.
 * @param text with `\n` between the lines
 */
export async function readSubtitles(text: string, type: 'vtt' | 'srt', speakers: SpeakerMap): Promise<Piece[]> {
  // Line by line: the parser's own way of queueing a whole text takes quadratic time.
  const { cues } = await parseTextStream(ReadableStream.from(mendTimings(text, type)), { type });
  const lines = cues.map(cue => cueLines(cue.text));
  const names = speakerNames(
    lines.map(cue => cue.map(({ voice, text }) => (voice === null ? splitName(text)?.name : undefined))),
    speakers,
  );
  const spoken = spokenParts(lines, names);
  const said = cues.flatMap(({ startTime: start, endTime: end }, i) =>
    (spoken[i] ?? []).map((part): Said => ({ ...part, start, end })),
  );
  return toGivenPieces(said, speakers);
}

/** The parser drops a cue with bad times, and what stands after an empty line or before a missing one. */
function mendTimings(text: string, type: 'vtt' | 'srt'): string[] {
  const lines: string[] = [];
  let last = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const [, from, to] = TIMING.exec(line) ?? [];
    if (from !== undefined && to !== undefined) {
      const start = Math.min(parseTimestamp(from) ?? last, LAST_START);
      const end = Math.max(parseTimestamp(to) ?? 0, start + 0.001);
      last = start;
      if (/^\d+$/.test(lines.at(-1) ?? '')) lines.pop();
      lines.push('', `${written(start)} --> ${written(end)}`);
    } else if (line !== '' || (type === 'vtt' && raw === '')) lines.push(line);
  }
  return lines;
}

function written(seconds: number): string {
  const ms = Math.round(Math.min(seconds, LAST_START + 1) * 1000);
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  const padded = [h, m, s].map(n => String(n).padStart(2, '0')).join(':');
  return `${padded}.${String(ms % 1000).padStart(3, '0')}`;
}

/** For each cue what each person says in it. A name before a colon holds until another, or until a sign of change. */
function spokenParts(cues: CueLine[][], names: ReadonlySet<string>): Pick<Said, 'name' | 'text'>[][] {
  let name: string | null = null;
  return cues.map(lines => {
    const parts: Pick<Said, 'name' | 'text'>[] = [];
    for (const { voice, changes, text } of lines) {
      const prefix = voice === null ? splitName(text) : null;
      const named = prefix !== null && names.has(prefix.name) ? prefix : null;
      if (named || changes) name = named?.name ?? null;
      const who = voice ?? name;
      const open = parts.at(-1);
      if (open && open.name === who && !named && !changes) open.text += ` ${text}`;
      else parts.push({ name: who, text: named?.text ?? text });
    }
    return parts;
  });
}
