import { z } from 'zod';
import { isSafeAddress } from './address.js';

/** A commit of the hub: a branch could change under us. */
const COMMIT = /^[0-9a-f]{40}$/;

const file = z.strictObject({
  /** Below the model’s folder: no part of it is empty or begins with a dot. */
  path: z.string().regex(/^\w[\w.-]*(\/\w[\w.-]*)*$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a model must be described by. */
export const modelSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    kind: z.enum(['whisper', 'vad', 'classifier']),
    /** In `models/`, inside an npm package, on the hub under this repository, or added by the user from a folder of this name. */
    location: z.union([
      z.strictObject({ builtIn: z.string() }),
      z.strictObject({ package: z.string() }),
      z.strictObject({ hub: z.string().regex(/^[\w.-]+\/[\w.-]+$/) }),
      z.strictObject({ added: z.string() }),
    ]),
    revision: z.string(),
    licence: z.string(),
    dtype: z.enum(['fp32', 'fp16', 'q8']),
    languages: z.array(z.string()),
    /** Made for tests and the demonstration: its words are never to be trusted. */
    demonstration: z.boolean(),
    note: z.string(),
    /** Whisper only: what to expect of it before it is measured on this computer. */
    speed: z.enum(['fast', 'medium', 'slow']).optional(),
    /** Whisper only: how long its windows may be, and the pause that ends one. Seconds. */
    windows: z.strictObject({ maxSeconds: z.number().positive().max(30), maxPause: z.number().positive() }).optional(),
    files: z.array(file).min(1).refine(isEachOnce('path'), 'a file is named twice'),
  })
  .refine(({ kind, speed, windows }) => kind !== 'whisper' || (speed && windows), 'a Whisper needs speed and windows')
  .refine(
    ({ location, revision }) => !('hub' in location) || COMMIT.test(revision),
    'what is pulled is pinned to a commit',
  );

/** What a manifest must look like. */
export const manifestSchema = z.strictObject({
  schema: z.literal('offrecord.models/1'),
  /** Where `models pull` asks. */
  hub: z.url().refine(hub => isSafeAddress(new URL(hub)), 'the hub needs https'),
  /** The only hosts it may reach, the hub’s download hosts among them; `*.` stands for any name in front. */
  hosts: z.array(z.string().regex(/^(\*\.)?[\w-]+(\.[\w-]+)*$/)),
  models: z.array(modelSchema).refine(isEachOnce('name'), 'a model is named twice'),
});

/** A model as the manifest describes it. */
export type Model = z.infer<typeof modelSchema>;
export type ModelFile = Model['files'][number];
export type Manifest = z.infer<typeof manifestSchema>;

function isEachOnce<K extends string>(key: K): (rows: Record<K, string>[]) => boolean {
  return rows => new Set(rows.map(row => row[key])).size === rows.length;
}
