import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { allModels, type Model, modelBytes } from '../models/manifest.js';
import { checkModel, isInstalled } from '../models/verify.js';
import { declareAdd } from './models-add.js';
import { declarePull, sizeOf } from './models-pull.js';
import { declareRemove } from './models-remove.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson } from './terminal.js';

/** Declares `offrecord models list|pull|add|verify|remove`. */
export function declareModels(program: Command, signal: AbortSignal): void {
  const models = program.command('models').description('the models: what is here, what can be had');
  withCommon(models.command('list')).description('list the models').action(listModels);
  declarePull(models, signal);
  declareAdd(models);
  declareRemove(models);
  withCommon(models.command('verify')).description('compare every model file with the manifest').action(verifyModels);
}

async function listModels(options: CommonOptions): Promise<void> {
  const rows = await Promise.all(allModels().map(async model => ({ model, installed: await isInstalled(model) })));
  if (options.json) return printJson({ schema: 'offrecord.models-list/1', models: rows.map(toJson) });
  for (const { model, installed } of rows) {
    const state = installed ? 'here' : 'not here';
    print(
      [model.name.padEnd(14), model.kind.padEnd(11), sizeOf(model).padStart(7), state.padEnd(9), model.note].join(' '),
    );
  }
}

function toJson({ model, installed }: { model: Model; installed: boolean }): object {
  const { name, kind, location, revision, licence, dtype, languages, demonstration, note } = model;
  const pinned = !('added' in location);
  return {
    name,
    kind,
    bytes: modelBytes(model),
    installed,
    pinned,
    revision,
    licence,
    dtype,
    languages,
    demonstration,
    note,
  };
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
