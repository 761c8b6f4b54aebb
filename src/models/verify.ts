import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OffRecordError } from '../errors.js';
import { type Model, type ModelFile, modelDir } from './manifest.js';

/** What is wrong with a model file. */
export interface FileProblem {
  path: string;
  problem: 'missing' | 'size' | 'sha256';
}

/**
 * Compares every file of a model with the manifest, by size first and then by sha256.
 * @returns the files that differ; none when the model may be used
 */
export async function checkModel(model: Model, dir = modelDir(model)): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  for (const file of model.files) {
    const problem = await checkFile(file, dir);
    if (problem !== null) problems.push({ path: file.path, problem });
  }
  return problems;
}

/** What is wrong with one file of a model; null when it may be used. */
export async function checkFile(
  { path, bytes, sha256 }: ModelFile,
  dir: string,
): Promise<FileProblem['problem'] | null> {
  const size = await stat(join(dir, path)).then(
    found => found.size,
    () => null,
  );
  if (size === null) return 'missing';
  if (size !== bytes) return 'size';
  return (await hashFile(join(dir, path))) === sha256 ? null : 'sha256';
}

/**
 * Returns the folder of a model whose every file is proven. Nothing of a model is loaded before this.
 * @throws OffRecordError `model-missing` with the command that gets it
 */
export async function provenModelDir(model: Model): Promise<string> {
  const dir = modelDir(model);
  const [first] = await checkModel(model, dir);
  if (!first) return dir;
  const what =
    first.problem === 'missing' ? 'is not on this computer' : `is damaged (${first.path} is not the file it should be)`;
  throw new OffRecordError('model-missing', `The model “${model.name}” ${what}. Get it with: ${remedyFor(model)}`);
}

/** Whether all files of a model are there, by name alone. */
export async function isInstalled(model: Model): Promise<boolean> {
  const found = await Promise.all(
    model.files.map(({ path }) =>
      stat(join(modelDir(model), path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

/** The command that gets a model. */
export function remedyFor({ name, location }: Model): string {
  if ('hub' in location) return `offrecord models pull ${name}`;
  return 'added' in location ? `offrecord models add FOLDER --trust --name ${name}` : 'npm ci';
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
