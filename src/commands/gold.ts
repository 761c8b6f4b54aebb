import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { GoldCall, GoldLine } from '../classify/evaluate.js';
import { OffRecordError } from '../errors.js';
import { EVENT_NAMES, LABEL_NAMES } from '../taxonomy.js';
import type { Speaker } from '../types.js';

const SPEAKERS: Record<string, Speaker> = {
  interviewer: 'interviewer',
  recruiter2: 'interviewer',
  candidate: 'candidate',
  system: 'platform',
  platform: 'platform',
  unknown: 'unknown',
};

const utterance = z.object({
  speaker: z.string().refine(speaker => speaker in SPEAKERS, 'is no speaker'),
  text: z.string(),
  labels: z.array(z.enum(LABEL_NAMES)).default([]),
  events: z.array(z.enum(EVENT_NAMES)).nullable().default([]),
});

const call = z.object({ id: z.string(), utterances: z.array(utterance) });

/**
 * Labelled calls from files (one JSON call a line, or one call as a whole file) and folders of them.
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
    .filter(name => /\.jsonl?$/.test(name))
    .sort()
    .map(name => join(path, name));
}

function readFile(file: string): GoldCall[] {
  const text = readFileSync(file, 'utf8');
  const parts = file.endsWith('.jsonl') ? text.split('\n') : [text];
  return parts.flatMap((part, i) => (part.trim() === '' ? [] : [parseCall(part, `${basename(file)}, line ${i + 1}`)]));
}

function parseCall(json: string, place: string): GoldCall {
  try {
    const { id, utterances } = call.parse(JSON.parse(json));
    return { id, lines: utterances.map(toLine) };
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const what = issue ? `${issue.path.join('.')}: ${issue.message}` : 'it is not JSON';
    throw new OffRecordError('failed', `${place} is not a labelled call (${what}).`, { cause: error });
  }
}

function toLine({ speaker, text, labels, events }: z.infer<typeof utterance>): GoldLine {
  return { speaker: SPEAKERS[speaker] ?? 'unknown', text, labels, events: events ?? [] };
}
