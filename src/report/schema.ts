import { z } from 'zod';
import { visibleText } from '../clean-text.js';
import { EVENT_NAMES, LABEL_NAMES } from '../taxonomy.js';
import { type Report, SENSITIVITIES, VERDICT_LEVELS } from '../types.js';
import { contradictionIn } from './contradictions.js';

const MOST_CHARACTERS = 100_000;
const MOST_SECONDS = 10_000_000;

/** One line, and nothing in it that a terminal obeys. */
const text = z
  .string()
  .max(MOST_CHARACTERS)
  .transform(value => visibleText(value).replace(/\s/g, ' '));
const seconds = z.number().min(0).max(MOST_SECONDS);
const number = z.number().int().min(0);
const share = z.number().min(0).max(1);
const span = z.tuple([number, number]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const label = z.enum(LABEL_NAMES);

const call = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8,64}$/),
  file: text,
  sha256,
  duration: seconds.nullable(),
  channels: number.max(2),
  date: z.iso.date().nullable(),
  company: text.nullable(),
  role: text.nullable(),
  analyzedAt: z.iso.datetime(),
  kept: z.boolean(),
});

const models = z.strictObject({
  whisper: z.strictObject({ name: text, revision: text, dtype: text }).nullable(),
  classifier: z.strictObject({ name: text, version: text, sha256, sensitivity: z.enum(SENSITIVITIES) }),
});

const timings = z.strictObject({
  decode: seconds,
  vad: seconds,
  transcribe: seconds,
  classify: seconds,
  total: seconds,
  rtf: seconds.nullable(),
});

const utterance = z.strictObject({
  id: number,
  start: seconds.nullable(),
  end: seconds.nullable(),
  channel: number,
  speaker: z.enum(['candidate', 'interviewer', 'platform', 'unknown']),
  text,
  trust: z.enum(['given', 'heard', 'doubtful']),
});

const flag = z.strictObject({
  id: number,
  label,
  family: z.enum(['recording', 'pressure', 'ip-harvesting', 'data-harvesting']),
  severity: z.enum(['medium', 'high', 'critical']),
  score: share,
  threshold: share,
  utterance: number,
  start: seconds.nullable(),
  end: seconds.nullable(),
  quote: text,
  span,
  why: z.array(z.strictObject({ text, weight: z.number(), span })),
  dismissed: z.boolean(),
});

const step = z.strictObject({
  event: z.enum(['asked', 'told', 'pressed', ...EVENT_NAMES]),
  start: seconds.nullable(),
  utterance: number,
  about: label.nullable(),
  flag: number.nullable(),
  after: z.number().max(MOST_SECONDS).nullable(),
});

/** A report from elsewhere, every field of it; nothing else may be in it, and it may not contradict itself. */
export const reportSchema: z.ZodType<Report> = z
  .strictObject({
    schema: z.literal('offrecord.report/1'),
    call,
    models,
    timings,
    verdict: z.strictObject({ level: z.enum(VERDICT_LEVELS), reasons: z.array(text) }),
    notices: z.array(text),
    utterances: z.array(utterance).min(1),
    flags: z.array(flag),
    timeline: z.array(step),
  })
  .superRefine((report, context) => {
    const found = contradictionIn(report);
    if (found !== null) context.addIssue({ code: 'custom', ...found });
  });
