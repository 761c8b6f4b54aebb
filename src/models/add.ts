import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { OffRecordError } from '../errors.js';
import { noteAdded } from './added.js';
import { describeUnknown } from './describe.js';
import { Draft } from './draft.js';
import { type Model, modelBytes, modelDir, readManifest } from './manifest.js';
import { checkSpace } from './space.js';
import { withUnpacked } from './unpack.js';
import { checkModel, type FileProblem } from './verify.js';

export interface AddOptions {
  /** Take a model that this version does not know. */
  trust: boolean;
  /** Name of an unknown model; that of its folder unless given. */
  name?: string | undefined;
}

/** What was added, and the folders with a model that was not. */
export interface Added {
  models: Model[];
  refused: { folder: string; reason: string }[];
}

/** How deep a model may lie in what is given. */
const DEEPEST = 4;

/**
 * Copies the models of a folder or a tar archive to their places, each file proven by size and sha256 while it is copied. What
 * was given stays as it is.
 * @throws OffRecordError `failed` when it holds no model
 */
export async function addModels(source: string, options: AddOptions): Promise<Added> {
  const found = await stat(source).catch(() => null);
  if (found === null) throw new OffRecordError('failed', `There is no file or folder ${source}. Check the name.`);
  return found.isDirectory()
    ? addFolders(resolve(source), options)
    : withUnpacked(source, (folder, name) => addFolders(folder, { ...options, name: options.name ?? name }));
}

async function addFolders(top: string, options: AddOptions): Promise<Added> {
  const folders = await findFolders(top, DEEPEST);
  if (folders.length === 0) {
    const sentence = `There is no model in ${top}: no folder in it has config.json and onnx/. Copy the whole folder of a model.`;
    throw new OffRecordError('failed', sentence);
  }
  const added: Added = { models: [], refused: [] };
  for (const folder of folders) {
    const { known, reason } = await recognize(folder);
    if (known) added.models.push(await install(known, folder));
    else if (options.trust) added.models.push(await addUnknown(folder, options.name ?? basename(folder)));
    else added.refused.push({ folder, reason });
  }
  return added;
}

async function findFolders(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.map(({ name }) => name);
  if (names.includes('config.json') && names.includes('onnx')) return [folder];
  if (depth === 0) return [];
  const below = entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => findFolders(join(folder, name), depth - 1));
  return (await Promise.all(below)).flat();
}

/** The model of the manifest that a folder holds, or what differs from the one that it resembles most. */
async function recognize(folder: string): Promise<{ known: Model | null; reason: string }> {
  const reasons: { same: number; reason: string }[] = [];
  for (const model of readManifest().models.filter(({ location }) => 'hub' in location)) {
    const problems = await checkModel(model, folder);
    if (problems.length === 0) return { known: model, reason: '' };
    reasons.push({ same: model.files.length - problems.length, reason: differs(model, problems) });
  }
  const [nearest] = reasons.sort((a, b) => b.same - a.same);
  const isNear = nearest !== undefined && nearest.same > 0;
  return { known: null, reason: isNear ? nearest.reason : 'it is none of the models that this version knows' };
}

function differs({ name }: Model, [first, ...more]: FileProblem[]): string {
  const what = first?.problem === 'missing' ? 'is missing' : 'is not the file it should be';
  return `it resembles ${name}, but ${first?.path} ${what}${more.length > 0 ? `, and ${more.length} more` : ''}`;
}

async function addUnknown(folder: string, name: string): Promise<Model> {
  if (readManifest().models.some(model => model.name === name)) {
    const sentence = `“${name}” is the name of a model that this version knows, and ${folder} is another. Give it one: --name NAME.`;
    throw new OffRecordError('usage', sentence);
  }
  const model = await install(await describeUnknown(folder, name), folder);
  noteAdded(model);
  return model;
}

/** Copies the files of a model to their places; each is moved there only when it is the right one. */
async function install(model: Model, from: string): Promise<Model> {
  const to = modelDir(model);
  if (resolve(from) === resolve(to)) return model;
  await checkSpace(to, modelBytes(model));
  for (const { path, sha256 } of model.files) {
    const draft = await Draft.open(join(to, path));
    try {
      await draft.restart(null);
      for await (const chunk of createReadStream(join(from, path), { highWaterMark: 1 << 20 }))
        await draft.append(chunk);
      if (!(await draft.settle(sha256)))
        throw new OffRecordError('failed', `${join(from, path)} changed while it was copied. Try again.`);
    } finally {
      await draft.leave();
    }
  }
  return model;
}
