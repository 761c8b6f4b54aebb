import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Classifier, loadClassifier } from './classify/classifier.js';
import { OffRecordError } from './errors.js';
import { chooseWhisper } from './models/choose.js';
import { findModel, type Model, readManifest, weightsOf } from './models/manifest.js';
import { readSpeeds } from './models/speeds.js';
import { isInstalled, provenModelDir } from './models/verify.js';
import { loadVad, type Vad } from './speech/vad.js';
import type { WindowOptions } from './speech/windows.js';
import { loadWhisper, type Whisper } from './transcript/whisper.js';
import type { Report, Sensitivity, Trust } from './types.js';

/** The models, each proven and loaded when it is first needed and then shared by all files of a run. */
export interface Engine {
  whisperModel: Model;
  /** Names the work that checkpoints of a transcription belong to. */
  settings: string;
  /** How long this model's windows may be. */
  windowOptions: WindowOptions;
  /** How far the words of this Whisper model can be believed at best. */
  trust: Trust;
  /** How readily something is flagged. */
  sensitivity: Sensitivity;
  /** Compares the files of the models with the manifest, those for sound only where they are needed. */
  prove(withSound: boolean): Promise<void>;
  /** What a report says of the models. */
  identities(withWhisper: boolean): Report['models'];
  vad(): Promise<Vad>;
  whisper(): Promise<Whisper>;
  classifier(): Promise<Classifier>;
  dispose(): Promise<void>;
}

export interface EngineOptions {
  /** Name of a Whisper model; without it the best one that is installed and keeps up with the talk. */
  model?: string | undefined;
  language: string;
  sensitivity: Sensitivity;
}

/**
 * Chooses the models; loads nothing yet.
 * @throws OffRecordError `usage` for an unknown model name, `model-missing` (on first use) for one that is not installed
 */
export async function createEngine({ model, language, sensitivity }: EngineOptions): Promise<Engine> {
  const whisperModel = model === undefined ? await bestInstalled() : findModel('whisper', model);
  const classifierModel = findModel('classifier', 'red-flags');
  const vadModel = findModel('vad', 'silero-vad-v6');
  checkLanguage(language, whisperModel, classifierModel);
  const prove = proveOnce();
  const loaded: { dispose(): Promise<void> }[] = [];
  const once = <T extends { dispose(): Promise<void> }>(load: () => Promise<T>): (() => Promise<T>) => {
    let promise: Promise<T> | undefined;
    return () => {
      promise ??= load().then(part => {
        loaded.push(part);
        return part;
      });
      return promise;
    };
  };
  const { dtype, windows: windowOptions = { maxSeconds: 30, maxPause: 3 }, name, revision } = whisperModel;
  return {
    whisperModel,
    settings: [name, revision, dtype, language, JSON.stringify(windowOptions)].join(' '),
    windowOptions,
    trust: whisperModel.demonstration ? 'doubtful' : 'heard',
    sensitivity,
    prove: async withSound => {
      for (const model of withSound ? [classifierModel, vadModel, whisperModel] : [classifierModel]) await prove(model);
    },
    identities: withWhisper => ({
      whisper: withWhisper ? { name, revision, dtype } : null,
      classifier: {
        name: classifierModel.name,
        version: classifierModel.revision,
        sha256: weightsOf(classifierModel),
        sensitivity,
      },
    }),
    vad: once(async () => loadProvenVad(vadModel, await prove(vadModel))),
    whisper: once(async () =>
      loadWhisper(await prove(whisperModel), { dtype, threads: availableParallelism(), language }),
    ),
    classifier: once(async () => loadClassifier(await prove(classifierModel))),
    dispose: async () => {
      for (const part of loaded.splice(0)) await part.dispose();
    },
  };
}

/** The best of the pinned ones that keeps up on this computer; the demonstration model where there is none. */
async function bestInstalled(): Promise<Model> {
  const whispers = readManifest().models.filter(({ kind }) => kind === 'whisper');
  const here = await Promise.all(whispers.map(isInstalled));
  const installed = whispers.filter((_, i) => here[i]);
  return chooseWhisper(installed, readSpeeds()) ?? findModel('whisper', 'nano');
}

function loadProvenVad(model: Model, dir: string): Promise<Vad> {
  return loadVad(readFileSync(join(dir, model.files[0]?.path ?? '')));
}

/** Neither Whisper's English-only models nor the classifier say so themselves: they would make something up. */
function checkLanguage(language: string, ...models: Model[]): void {
  const model = models.find(({ languages }) => !languages.includes(language));
  if (!model) return;
  const known = model.languages.join(', ');
  throw new OffRecordError(
    'usage',
    `The model “${model.name}” knows ${known}, not “${language}”. Leave out --language.`,
  );
}

/** Proves each model once a run and hands out its folder. */
function proveOnce(): (model: Model) => Promise<string> {
  const proven = new Map<string, Promise<string>>();
  return model => {
    const dir = proven.get(model.name) ?? provenModelDir(model);
    proven.set(model.name, dir);
    return dir;
  };
}
