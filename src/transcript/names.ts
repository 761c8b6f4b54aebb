import type { SpeakerMap } from '../types.js';
import { speakerOf } from './speakers.js';
import { parseTimestamp, TIMESTAMP } from './timestamp.js';

/** A line that may begin with a speaker's name: `Name: text`, `Name (0:12): text`, or `Name 0:12` with the text below. */
export interface NamedLine {
  name: string;
  /** Seconds; null where no time stands after the name. */
  time: number | null;
  text: string;
}

const NAME = String.raw`[\p{L}\p{N}(][\p{L}\p{M}\p{N} .,'’&@/_()#–-]{0,59}?`;
const NAMED_LINE = new RegExp(
  String.raw`^[*_[]{0,3}(${NAME})[*_\]]{0,3}(?:\s{1,9}[[(]?(${TIMESTAMP})[\])]?)?\s?(?:([:：])[*_]{0,2}(?:\s+|$)|$)`,
  'u',
);
/** What stands before a colon in letters, forms and notes, and is nobody's name. */
const NO_NAMES = new Set(
  [
    'from to cc bcc subject date sent re fw fwd note notes nb ps p.s. p.s important warning attention',
    'question questions answer answers example examples step steps option options part section task tasks summary',
    'deadline location position salary contract duration company role job topic meeting agenda requirements',
    'time where when who what why how attachment attachments link phone email e-mail tel mobile website address passcode',
  ].flatMap(line => line.split(' ')),
);
const SMALL_WORDS = new Set(
  'a al bin da de del den der di dos du el la le of san ten van von y speaker guest user voice'.split(' '),
);

/** What of a line may be a speaker's name; whether it is one, only the whole text shows. */
export function splitName(line: string): NamedLine | null {
  const match = NAMED_LINE.exec(line);
  const name = match?.[1]?.trim();
  if (!match || !name || NO_NAMES.has(name.toLowerCase())) return null;
  const [whole, , time, colon] = match;
  if (time === undefined && colon === undefined) return null;
  return { name, time: time === undefined ? null : parseTimestamp(time), text: line.slice(whole.length) };
}

/**
 * Which of the possible names are speakers: those that the user named, and those that look like a name or a role and are
 * either repeated or stand in a text of which at least half the paragraphs begin so.
 * @param paragraphs for each paragraph, the possible name of each of its lines
 */
export function speakerNames(paragraphs: (string | undefined)[][], speakers: SpeakerMap): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const name of paragraphs.flat()) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  const leading = paragraphs.filter(([first]) => first !== undefined).length;
  const isDialogue = leading * 2 >= paragraphs.length;
  const names = [...counts].filter(([name, count]) => {
    if (isNamedByUser(name, speakers)) return true;
    return looksLikeName(name, speakers) ? isDialogue || count > 1 : isDialogue && count > 1 && !name.includes(' ');
  });
  return new Set(names.map(([name]) => name));
}

function isNamedByUser(name: string, speakers: SpeakerMap): boolean {
  return speakerOf(name, speakers) !== speakerOf(name, new Map());
}

function looksLikeName(name: string, speakers: SpeakerMap): boolean {
  if (speakerOf(name, speakers) !== 'unknown') return true;
  const words = name.split(/[\s_]+/);
  return words.length <= 6 && words.every(word => !/^\p{Ll}/u.test(word) || SMALL_WORDS.has(word));
}
