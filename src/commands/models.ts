import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { allModels, type Model } from '../models/manifest.js';
import { checkModel, isInstalled } from '../models/verify.js';
import { declareAdd } from './models-add.js';
import { declareModelList } from './models-list.js';
import { declarePull } from './models-pull.js';
import { declareRemove } from './models-remove.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson } from './terminal.js';

/** Declares `offrecord models list|pull|add|verify|remove`. */
export function declareModels(program: Command, signal: AbortSignal): void {
  const models = program.command('models').description('the models: what is here, what can be had');
  declareModelList(models, signal);
  declarePull(models, signal);
  declareAdd(models);
  declareRemove(models);
  withCommon(models.command('verify')).description('compare every model file with the manifest').action(verifyModels);
}

async function verifyModels(options: CommonOptions): Promise<void> {
  const installed: Model[] = [];
  for (const model of allModels()) if (await isInstalled(model)) installed.push(model);
  const rows = await Promise.all(
    installed.map(async model => ({ name: model.name, problems: await checkModel(model) })),
  );
  if (options.json) printJson({ schema: 'offrecord.models-verify/1', models: rows });
  else
    for (const { name, problems } of rows)
      print(`${name.padEnd(14)} ${problems.map(({ path }) => `${path} is wrong`).join(', ') || 'proven'}`);
  const bad = rows.filter(({ problems }) => problems.length > 0).map(({ name }) => name);
  if (bad.length > 0) throw new OffRecordError('model-missing', `Not as they should be: ${bad.join(', ')}.`);
}
