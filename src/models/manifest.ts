import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { OffRecordError } from '../errors.js';
import { builtInModelsDir, packageDir, pulledModelsDir } from '../paths.js';
import { addedModels } from './added.js';
import { type Manifest, type Model, manifestSchema } from './schema.js';

export { type Manifest, type Model, type ModelFile, manifestSchema } from './schema.js';

/** The manifest that ships with the program. */
export function readManifest(): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(builtInModelsDir, 'manifest.json'), 'utf8')));
}

/** The models of the manifest, then those that were added to this computer. */
export function allModels(): Model[] {
  const { models } = readManifest();
  const taken = new Set(models.map(({ name }) => name));
  return [...models, ...addedModels().filter(({ name }) => !taken.has(name))];
}

/**
 * The model of that name and kind.
 * @throws OffRecordError `usage` naming the models there are
 */
export function findModel(kind: Model['kind'], name: string): Model {
  const ofKind = allModels().filter(candidate => candidate.kind === kind);
  const found = ofKind.find(candidate => candidate.name === name);
  if (found) return found;
  const names = ofKind.map(candidate => candidate.name).join(', ');
  throw new OffRecordError('usage', `There is no model called “${name}”. There are: ${names}.`);
}

/** The folder where a model's files lie, or would lie once pulled. */
export function modelDir({ name, location }: Model): string {
  if ('builtIn' in location) return join(builtInModelsDir, location.builtIn);
  if ('package' in location) return packageFolder(location.package);
  return join(pulledModelsDir, name);
}

/** All bytes of a model's files. */
export function modelBytes({ files }: Model): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The sha256 of a model’s weights: its largest file. */
export function weightsOf({ files }: Model): string {
  return files.reduce((largest, file) => (file.bytes > largest.bytes ? file : largest)).sha256;
}

/** `@scope/name/folder` → its place on disk, wherever the package manager put it. */
function packageFolder(path: string): string {
  const [scope, name, ...rest] = path.split('/');
  const require = createRequire(join(packageDir, 'package.json'));
  return join(dirname(require.resolve(`${scope}/${name}/package.json`)), ...rest);
}
