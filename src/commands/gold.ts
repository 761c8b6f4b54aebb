import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { GoldCall, GoldLine } from '../classify/measure.js';
import { OffRecordError } from '../errors.js';
import { EVENT_NAMES, isLabel, LABEL_NAMES } from '../taxonomy.js';
import { splitText } from '../transcript/split-text.js';
import type { Label, Speaker } from '../types.js';

const SPEAKERS: Record<string, Speaker> = {
  interviewer: 'interviewer',
  recruiter2: 'interviewer',
  candidate: 'candidate',
  system: 'platform',
  platform: 'platform',
  unknown: 'unknown',
};

const utterance = z.object({
  speaker: z
    .string()
    .refine(speaker => speaker in SPEAKERS, 'is no speaker')
    .default('unknown'),
  text: z.string(),
  labels: z.array(z.enum(LABEL_NAMES)).default([]),
  events: z.array(z.enum(EVENT_NAMES)).nullable().default([]),
});

const call = z.object({ id: z.string(), utterances: z.array(utterance) });
/** One line with what was said before it, oldest first. */
const row = utterance.extend({ context: z.array(z.tuple([z.string(), z.string()])).default([]) });

/**
 * Labelled calls from files and folders: one JSON call, or one single utterance with its context, a line (.jsonl), one call as a whole file
 * (.json), or talk without red flags
 * (.txt, one turn a line as `Name: words`; an `index.tsv` beside it may name lines that are flags by their words, as `L13: label`).
 * @throws OffRecordError `failed` naming file and line of what is not a labelled call
 */
export function readGold(paths: string[]): GoldCall[] {
  return paths.flatMap(path => filesOf(path)).flatMap(readFile);
}

function filesOf(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new OffRecordError('failed', `There is no file or folder ${path}. Check the name.`);
  if (!stats.isDirectory()) return [path];
  return readdirSync(path)
    .filter(name => /\.(jsonl?|txt)$/.test(name))
    .sort()
    .map(name => join(path, name));
}

function readFile(file: string): GoldCall[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.txt')) return [toTalk(file, text)];
  const parts = file.endsWith('.jsonl') ? text.split('\n') : [text];
  return parts.flatMap((part, i) => (part.trim() === '' ? [] : [parseCall(part, `${basename(file)}, line ${i + 1}`)]));
}

function parseCall(json: string, place: string): GoldCall {
  try {
    const found = JSON.parse(json);
    if (typeof found === 'object' && found !== null && 'text' in found) return toRow(row.parse(found), place);
    const { id, utterances } = call.parse(found);
    const names = [...new Set(utterances.map(({ speaker }) => speaker))];
    return { id, lines: utterances.map(one => toLine(one, names.indexOf(one.speaker))) };
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const what = issue ? `${issue.path.join('.')}: ${issue.message}` : 'it is not JSON';
    throw new OffRecordError('failed', `${place} is not a labelled call (${what}).`, { cause: error });
  }
}

function toLine({ speaker, text, labels, events }: z.infer<typeof utterance>, voice: number): GoldLine {
  return { speaker: SPEAKERS[speaker] ?? 'unknown', voice, text, labels, events };
}

function toRow({ context, ...line }: z.infer<typeof row>, id: string): GoldCall {
  const names = [...context.map(([speaker]) => speaker), line.speaker];
  const earlier = context.map(([speaker, text]): GoldLine => {
    const said = { speaker, text, labels: [], events: null };
    return { ...toLine(said, names.indexOf(speaker)), isContext: true };
  });
  return { id, lines: [...earlier, toLine(line, names.indexOf(line.speaker))] };
}

function toTalk(file: string, text: string): GoldCall {
  const marked = markedLines(file);
  const names: string[] = [];
  const lines = text.split('\n').flatMap((line, i): GoldLine[] => {
    const [, name = '', words = ''] = /^(?:([^:]{1,40}): )?(.*)$/.exec(line.trim()) ?? [];
    if (words === '') return [];
    if (!names.includes(name)) names.push(name);
    const labels = marked.get(i + 1) ?? [];
    return splitText(words).map(part => ({
      ...{ speaker: 'unknown' as const, voice: names.indexOf(name), text: part, labels, events: [] },
    }));
  });
  return { id: basename(file), lines };
}

/** The lines of a file of talk that its folder's index calls flags by their words. */
function markedLines(file: string): Map<number, Label[]> {
  const index = join(dirname(file), 'index.tsv');
  const marked = new Map<number, Label[]>();
  if (!existsSync(index)) return marked;
  const row = readFileSync(index, 'utf8')
    .split('\n')
    .find(one => one.startsWith(`${basename(file)}\t`));
  for (const [, number, name = ''] of (row ?? '').matchAll(/L(\d+): ([a-z-]+)/g)) {
    if (isLabel(name)) marked.set(Number(number), [...(marked.get(Number(number)) ?? []), name]);
  }
  return marked;
}
