import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import type { Model } from '../models/manifest.js';
import { sizeOf } from './model-words.js';
import { type CommonOptions, withCommon } from './options.js';
import { notice, print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  trust?: boolean;
  name?: string;
}

/** Declares `offrecord models add`. */
export function declareAdd(models: Command): void {
  withCommon(models.command('add'))
    .description('take models from a folder or a tar archive, for computers without internet')
    .argument('<path>', 'folder of a model or of several, or a .tar or .tar.gz of it')
    .option('--trust', 'take a model that this version does not know; every report made with it says so')
    .option('--name <name>', 'name of such a model; that of its folder unless given')
    .action(addFrom);
}

async function addFrom(path: string, options: Options): Promise<void> {
  const { addModels } = await import('../models/add.js');
  const { models, refused } = await addModels(path, { trust: options.trust ?? false, name: options.name });
  const [first] = refused;
  if (models.length === 0 && first) throw new OffRecordError('failed', refusal(first));
  for (const one of refused) notice(refusal(one));
  if (options.json) printJson({ schema: 'offrecord.models-add/1', models: models.map(toJson), refused });
  else for (const model of models) print(describe(model));
}

function refusal({ folder, reason }: { folder: string; reason: string }): string {
  return `${folder} was not added: ${reason}. Only if you know where it comes from: --trust`;
}

function toJson(model: Model): object {
  return { name: model.name, pinned: isPinned(model), files: model.files };
}

function describe(model: Model): string {
  if (isPinned(model)) return `${model.name}, ${sizeOf(model)}, is here and proven.`;
  return `${model.name}, ${sizeOf(model)}, is here. Nobody has pinned it, so every report made with it says so. Use it with: --model ${model.name}`;
}

function isPinned({ location }: Model): boolean {
  return !('added' in location);
}
