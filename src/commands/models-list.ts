import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { allModels, type Model, modelBytes } from '../models/manifest.js';
import { readSpeeds, speedOf } from '../models/speeds.js';
import { isInstalled } from '../models/verify.js';
import { paceOf, sizeOf } from './model-words.js';
import { type CommonOptions, withCommon } from './options.js';
import { progressLine } from './progress.js';
import { notice, print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  measure?: boolean;
}

/** What the list says of one model; the speed only of a Whisper that is here. */
interface Row {
  model: Model;
  installed: boolean;
  speed: { rtf: number; measured: boolean } | null;
}

const HOUR = 3600;

/** Declares `offrecord models list`. */
export function declareModelList(models: Command, signal: AbortSignal): void {
  withCommon(models.command('list'))
    .description('list the models, and how long an hour of audio takes each of those that are here')
    .option('--measure', 'measure that first, ten seconds a model')
    .action((options: Options) => listModels(options, signal));
}

async function listModels(options: Options, signal: AbortSignal): Promise<void> {
  const models = allModels();
  const here = await Promise.all(models.map(isInstalled));
  const installed = models.filter((_, i) => here[i]);
  if (options.measure) await measureAll(installed.filter(isWhisper), signal);
  const rows = toRows(models, installed);
  if (options.json) printJson({ schema: 'offrecord.models-list/1', models: rows.map(toJson) });
  else for (const row of rows) print(toLine(row));
}

function toRows(models: Model[], installed: Model[]): Row[] {
  const speeds = readSpeeds();
  return models.map(model => {
    const isHere = installed.includes(model);
    return { model, installed: isHere, speed: isHere && isWhisper(model) ? speedOf(model, speeds) : null };
  });
}

async function measureAll(models: Model[], signal: AbortSignal): Promise<void> {
  for (const model of models) await measureOne(model, signal);
}

/** Measures one model and tells the person when it can’t be: it is here all the same. */
export async function measureOne(model: Model, signal: AbortSignal): Promise<number | null> {
  // Loaded only now: the other commands work where the models’ native code does not load.
  const { measureSpeed } = await import('../measure-speed.js');
  const progress = progressLine();
  progress.show(model.name, 'measuring its speed, ten seconds at most');
  try {
    return await measureSpeed(model, signal);
  } catch (error) {
    if (error instanceof OffRecordError && error.kind === 'interrupted') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    notice(`The speed of “${model.name}” could not be measured: ${reason} See: offrecord doctor`);
    return null;
  } finally {
    progress.clear();
  }
}

function toLine({ model, installed, speed }: Row): string {
  const state = installed ? 'here' : 'not here';
  const pace = speed ? paceOf(speed) : '';
  const columns = [model.name.padEnd(14), model.kind.padEnd(11), sizeOf(model).padStart(7), state.padEnd(9)];
  return `${columns.join(' ')} ${pace.padEnd(28)} ${model.note}`;
}

function toJson({ model, installed, speed }: Row): object {
  const { name, kind, location, revision, licence, dtype, languages, demonstration, note } = model;
  const pace = speed && { ...speed, secondsAnHour: Math.round(HOUR * speed.rtf) };
  const facts = { revision, licence, dtype, languages, demonstration, note };
  return { name, kind, bytes: modelBytes(model), installed, pinned: !('added' in location), speed: pace, ...facts };
}

function isWhisper({ kind }: Model): boolean {
  return kind === 'whisper';
}
