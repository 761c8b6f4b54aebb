import type { Piece, SpeakerMap } from '../types.js';
import { type NamedLine, speakerNames, splitName } from './names.js';
import { parseTimestamp, TIMESTAMP } from './timestamp.js';
import { type Said, toGivenPieces } from './voices.js';

interface Line {
  /** Without the time before it. */
  text: string;
  start: number | null;
  end: number | null;
  named: NamedLine | null;
}

const LEADING_TIME = new RegExp(
  String.raw`^([[(]?)(${TIMESTAMP})(?:\s{0,9}(?:-->|[-–—])\s{0,9}(${TIMESTAMP}))?[\])]?(?:\s*[-–—|]\s|:?(?:\s+|$)|(?<=[\])]))`,
);
const MAIL_FIELD = /^(?:from|to|cc|bcc|date|sent|reply-to|subject):\s*(.*)$/i;

/**
 * Turns `Name: text`, with or without times, or plain text such as the body of an e-mail, → pieces. Without names each
 * paragraph is a piece of an unknown speaker. A turn lasts until the next time in the text, in seconds.
 * @param text with `\n` between the lines
 */
export function readTurns(text: string, speakers: SpeakerMap): Piece[] {
  const paragraphs = paragraphsOf(withoutMailHeader(text));
  const timed = paragraphs.filter(([first]) => LEADING_TIME.test(first ?? '')).length * 2 >= paragraphs.length;
  const lines = paragraphs.map(paragraph => paragraph.map(line => parseLine(line, timed)));
  const names = speakerNames(
    lines.map(paragraph => paragraph.filter(({ text }) => text !== '').map(({ named }) => named?.name)),
    speakers,
  );
  return toGivenPieces(withEnds(turnsOf(lines, names)), speakers);
}

/** Drops the fields above an e-mail's body, but keeps the words of its subject. */
function withoutMailHeader(text: string): string[] {
  const lines = text.split('\n').map(line => line.replace(/^\s*(?:>\s?)*/, '').trimEnd());
  const begin = lines.findIndex(line => line !== '');
  const length = lines.slice(begin).findIndex(line => !MAIL_FIELD.test(line));
  if (begin < 0 || length < 2) return lines;
  const header = lines.slice(begin, begin + length);
  const subject = header.find(line => /^subject:/i.test(line))?.replace(MAIL_FIELD, '$1');
  return [subject ?? '', '', ...lines.slice(begin + length)];
}

function paragraphsOf(lines: string[]): string[][] {
  const paragraphs: string[][] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    if (line === '') open = null;
    else if (open) open.push(line);
    else {
      open = [line];
      paragraphs.push(open);
    }
  }
  return paragraphs;
}

/** @param timed whether a time without brackets before a line is the time of its words ("9:30 works for me" is not) */
function parseLine(line: string, timed: boolean): Line {
  const [prefix = '', bracket, start, end] = LEADING_TIME.exec(line) ?? [];
  if (start === undefined || !(timed || bracket !== '' || prefix === line)) {
    return { text: line, start: null, end: null, named: splitName(line) };
  }
  const text = line.slice(prefix.length);
  return {
    text,
    start: parseTimestamp(start),
    end: end === undefined ? null : parseTimestamp(end),
    named: splitName(text),
  };
}

function turnsOf(paragraphs: Line[][], names: ReadonlySet<string>): Said[] {
  const turns: Said[] = [];
  for (const paragraph of paragraphs) {
    for (const [i, line] of paragraph.entries()) {
      const last = turns.at(-1);
      if (line.named && names.has(line.named.name)) turns.push(namedTurn(line, line.named, last));
      else if (last && line.start === null && goesOn(last, i)) last.text += ` ${line.text}`;
      else turns.push({ name: last?.name ?? null, start: line.start, end: line.end, text: line.text });
    }
  }
  return turns.map(turn => ({ ...turn, text: turn.text.trim() })).filter(({ text }) => text !== '');
}

/** A line with nothing but a time is the time of what follows. */
function namedTurn(line: Line, { name, time, text }: NamedLine, last: Said | undefined): Said {
  const above = last?.text === '' ? last.start : null;
  return { name, start: line.start ?? time ?? above, end: line.end, text };
}

function goesOn(last: Said, lineOfParagraph: number): boolean {
  return last.name !== null || lineOfParagraph > 0 || last.text === '';
}

function withEnds(turns: Said[]): Said[] {
  let next: number | null = null;
  const ended = turns.toReversed().map(turn => {
    const end: number | null = turn.end ?? (turn.start !== null && next !== null && next > turn.start ? next : null);
    next = turn.start ?? next;
    return { ...turn, end };
  });
  return ended.toReversed();
}
