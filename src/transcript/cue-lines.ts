/** A line of a cue, in the voice of the `<v Name>` tag before it. */
export interface CueLine {
  voice: string | null;
  /** Whether a dash or `>>` says that another person speaks than before. */
  changes: boolean;
  text: string;
}

const VOICE_TAG = /<v(?:\.[^\s<>]*)?\s([^<>]*)>/;
/** Tags, times inside a cue, and the position codes of older players. */
const TAG = /<\/?[a-z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}/gi;
const ENTITY = /&(#x?[0-9a-f]{1,6}|[a-z]{2,4});/gi;
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
};
const DASH = /^(?:[-–—]|>{2,3})\s*/;

/** The text of a cue → its lines without tags and entities. */
export function cueLines(cue: string): CueLine[] {
  const [before = '', ...voiced] = cue.split(VOICE_TAG);
  const lines = [voicedLines(null, before)];
  for (let i = 0; i + 1 < voiced.length; i += 2) {
    lines.push(voicedLines(plain(voiced[i] ?? '').trim(), voiced[i + 1] ?? ''));
  }
  return withChanges(lines.flat());
}

function voicedLines(voice: string | null, text: string): Omit<CueLine, 'changes'>[] {
  const lines = plain(text.replace(TAG, '')).split('\n');
  return lines.map(line => ({ voice, text: line.trim() })).filter(({ text }) => text !== '');
}

/** One dash alone may be a pause; two lines with dashes are two people. */
function withChanges(lines: Omit<CueLine, 'changes'>[]): CueLine[] {
  const isDialogue = lines.filter(({ text }) => DASH.test(text)).length > 1;
  return lines.map(({ voice, text }) => ({
    voice,
    changes: text.startsWith('>>') || (isDialogue && DASH.test(text)),
    text: text.replace(DASH, ''),
  }));
}

function plain(text: string): string {
  return text.replace(ENTITY, (whole, code: string) => {
    if (!code.startsWith('#')) return ENTITIES[code.toLowerCase()] ?? whole;
    const point = /^#x/i.test(code) ? Number.parseInt(code.slice(2), 16) : Number.parseInt(code.slice(1), 10);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
