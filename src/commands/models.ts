import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { findModel, type Model, modelBytes, readManifest } from '../models/manifest.js';
import { pullModel } from '../models/pull.js';
import { checkModel, isInstalled } from '../models/verify.js';
import { allowHosts } from '../privacy/network-guard.js';
import { type CommonOptions, withCommon } from './options.js';
import { progressLine } from './progress.js';
import { notice, print, printJson } from './terminal.js';

/** Declares `offrecord models list|pull|verify`. */
export function declareModels(program: Command, signal: AbortSignal): void {
  const models = program.command('models').description('the models: what is here, what can be had');
  withCommon(models.command('list')).description('list the models').action(listModels);
  withCommon(models.command('pull'))
    .description(
      'get a Whisper model for real calls; the only command that uses the network (OFFRECORD_MIRROR=https://… asks a mirror)',
    )
    .argument('[name]', 'model to get', 'base.en')
    .action((name: string, options: CommonOptions) => pull(name, options, signal));
  withCommon(models.command('verify')).description('compare every model file with the manifest').action(verifyModels);
}

async function listModels(options: CommonOptions): Promise<void> {
  const rows = await Promise.all(
    readManifest().models.map(async model => ({ model, installed: await isInstalled(model) })),
  );
  if (options.json) return printJson({ schema: 'offrecord.models-list/1', models: rows.map(toJson) });
  for (const { model, installed } of rows) {
    const state = installed ? 'here' : 'not here';
    print(
      [model.name.padEnd(14), model.kind.padEnd(11), megabytes(model).padStart(7), state.padEnd(9), model.note].join(
        ' ',
      ),
    );
  }
}

function toJson({ model, installed }: { model: Model; installed: boolean }): object {
  const { name, kind, revision, licence, dtype, languages, demonstration, note } = model;
  return { name, kind, bytes: modelBytes(model), installed, revision, licence, dtype, languages, demonstration, note };
}

async function pull(name: string, options: CommonOptions, signal: AbortSignal): Promise<void> {
  const model = findModel('whisper', name);
  const { hub, hosts } = hubOf(process.env.OFFRECORD_MIRROR);
  notice(`Whisper ${name}, ${megabytes(model)}, from ${new URL(hub).host}, once. Nothing of yours is sent.`);
  allowHosts(hosts);
  const progress = progressLine();
  const total = modelBytes(model);
  try {
    await pullModel(model, {
      hub,
      signal,
      onBytes: bytes => progress.show(name, `${Math.floor((100 * bytes) / total)} %`),
    });
  } finally {
    progress.clear();
    allowHosts([]);
  }
  if (options.json) printJson({ schema: 'offrecord.models-pull/1', name, installed: true });
  else print(`${name} is here and proven. It is used where no more exact model is here; --model ${name} picks it.`);
}

/** The manifest’s hub, or a mirror of it: https, or a server on this computer. */
function hubOf(mirror: string | undefined): { hub: string; hosts: string[] } {
  const { hub, hosts } = readManifest();
  if (!mirror) return { hub, hosts };
  const url = URL.parse(mirror);
  const local = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(local && url.protocol === 'http:'))) {
    throw new OffRecordError('usage', `The mirror “${mirror}” must be an https address. Change OFFRECORD_MIRROR.`);
  }
  return { hub: mirror.replace(/\/+$/, ''), hosts: [url.hostname.replace(/^\[|\]$/g, '')] };
}

async function verifyModels(options: CommonOptions): Promise<void> {
  const installed: Model[] = [];
  for (const model of readManifest().models) if (await isInstalled(model)) installed.push(model);
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

function megabytes(model: Model): string {
  return `${Math.round(modelBytes(model) / 1e6)} MB`;
}
