import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interrupted, OffRecordError } from '../errors.js';
import { hubOf } from '../models/hub.js';
import { findModel, type Model, readManifest } from '../models/manifest.js';
import { isInstalled } from '../models/verify.js';
import { packageDir } from '../paths.js';
import { isTranscript } from '../transcript/read-transcript.js';
import { askLine } from './ask.js';
import { sizeOf } from './model-words.js';

const CLI = fileURLToPath(new URL('../cli.js', import.meta.url));
const STOPPED = 130;

/**
 * Sees to it, before any work, that there is a real speech model for a person’s own recordings: asks at a terminal whether to get
 * one. The demonstration model is for the samples, and for who names it.
 * @param name of the model that was asked for
 * @throws OffRecordError `model-missing` in a script, or where the answer was no
 */
export async function readyModel(files: string[], name: string | undefined): Promise<void> {
  if (!files.some(isOwnRecording)) return;
  const wanted = await missingModel(name);
  if (wanted === null) return;
  const answer = askLine(question(wanted, name));
  // The pipeline has the sentence for a model that was named and is not here.
  if (answer === null && name !== undefined) return;
  if (answer === null) throw new OffRecordError('model-missing', noModel(wanted));
  if (!/^y(es)?$/i.test(answer.trim())) throw new OffRecordError('model-missing', declined(wanted));
  await pullInProcessOfItsOwn(wanted);
}

/** Whether a file has to be heard, and is not one of the calls that ship. What can’t be read gets its own sentence later. */
function isOwnRecording(file: string): boolean {
  if (isTranscript(file)) return false;
  try {
    accessSync(file, constants.R_OK);
    const found = statSync(file);
    return (
      found.isFile() &&
      found.size > 0 &&
      !realpathSync(file).startsWith(realpathSync(join(packageDir, 'samples')) + sep)
    );
  } catch {
    return false;
  }
}

/** The model to get; null where there is one. */
async function missingModel(name: string | undefined): Promise<Model | null> {
  if (name !== undefined) {
    const named = findModel('whisper', name);
    return (await isInstalled(named)) ? null : named;
  }
  const real = readManifest().models.filter(({ kind, demonstration }) => kind === 'whisper' && !demonstration);
  const here = await Promise.all(real.map(isInstalled));
  return here.includes(true) ? null : findModel('whisper', 'base.en');
}

function question(model: Model, name: string | undefined): string {
  const { host } = new URL(hubOf(readManifest(), process.env.OFFRECORD_MIRROR).address);
  const why =
    name === undefined ? 'A call of your own needs a real speech model' : `The speech model “${name}” was asked for`;
  return `
${why}, and it is not on this computer yet.
Whisper ${model.name}, ${sizeOf(model)}, from ${host}, once; nothing of yours is sent. Afterwards no network is used.
Get it now? Type yes or no: `.trimStart();
}

function noModel(model: Model): string {
  return [
    'A call of your own needs a real speech model, and none is on this computer, so nothing was analysed.',
    `Get one, once, ${sizeOf(model)}: offrecord models pull ${model.name}`,
    '(the built-in demonstration model is used only when you name it: --model nano).',
  ].join(' ');
}

function declined({ name }: Model): string {
  return `Nothing was fetched or analysed. Whenever you like: offrecord models pull ${name}, or offrecord models add FOLDER.`;
}

/** This process reaches no network, even now: `models pull` alone does, as a process of its own. */
async function pullInProcessOfItsOwn({ name }: Model): Promise<void> {
  // Standard output belongs to the report.
  const child = spawn(process.execPath, [CLI, 'models', 'pull', name], { stdio: ['inherit', 2, 'inherit'] });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === STOPPED) throw interrupted();
  if (code !== 0) throw new OffRecordError('model-missing', `“${name}” could not be got, so nothing was analysed.`);
}
