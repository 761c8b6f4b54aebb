import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { OffRecordError, systemCode } from '../errors.js';
import { pulledModelsDir } from '../paths.js';
import { type Model, modelSchema } from './schema.js';

/** The user’s own manifest: models that this version does not know, with the sizes and sha256 they had when they were added. */
const FILE = join(pulledModelsDir, 'added.json');

const schema = z.strictObject({ schema: z.literal('offrecord.added-models/1'), models: z.array(modelSchema) });

/**
 * The models that were added with `--trust`.
 * @throws OffRecordError `failed` when the list of them can’t be read
 */
export function addedModels(): Model[] {
  try {
    return schema.parse(JSON.parse(readFileSync(FILE, 'utf8'))).models;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    const sentence = `${FILE}, the list of the models that you added, can’t be read. Remove it and add them again.`;
    throw new OffRecordError('failed', sentence, { cause: error });
  }
}

/** Writes a model into the list, or writes it anew. */
export function noteAdded(model: Model): void {
  write([...addedModels().filter(({ name }) => name !== model.name), model]);
}

/** Takes a model from the list. */
export function forgetAdded(name: string): void {
  const models = addedModels();
  if (models.some(model => model.name === name)) write(models.filter(model => model.name !== name));
}

function write(models: Model[]): void {
  mkdirSync(dirname(FILE), { recursive: true, mode: 0o700 });
  const draft = `${FILE}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify({ schema: 'offrecord.added-models/1', models }, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, FILE);
}
