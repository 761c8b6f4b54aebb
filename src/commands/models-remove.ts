import { existsSync, rmSync } from 'node:fs';
import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { forgetAdded } from '../models/added.js';
import { findModel, modelDir } from '../models/manifest.js';
import { sizeOf } from './model-words.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson } from './terminal.js';

/** Declares `offrecord models remove`. */
export function declareRemove(models: Command): void {
  withCommon(models.command('remove'))
    .description('delete a model that was pulled or added')
    .argument('<name>', 'model to delete')
    .action(remove);
}

function remove(name: string, options: CommonOptions): void {
  const model = findModel('whisper', name);
  if ('builtIn' in model.location)
    throw new OffRecordError('usage', `“${name}” ships with the program, so it was not deleted.`);
  const folder = modelDir(model);
  if (!existsSync(folder))
    throw new OffRecordError('failed', `“${name}” is not on this computer. See: offrecord models list`);
  rmSync(folder, { recursive: true });
  forgetAdded(name);
  if (options.json) printJson({ schema: 'offrecord.models-remove/1', name, folder });
  else print(`${name}, ${sizeOf(model)}, was deleted from ${folder}.`);
}
