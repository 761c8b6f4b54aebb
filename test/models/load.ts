import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mixDown } from '../../src/audio/channels.js';
import { SAMPLE_RATE } from '../../src/audio/stream.js';
import { loadClassifier } from '../../src/classify/classifier.js';
import { classify } from '../../src/classify/classify.js';
import type { Model } from '../../src/models/manifest.js';
import { provenModelDir } from '../../src/models/verify.js';
import { loadVad, SpeechScanner } from '../../src/speech/vad.js';
import { loadWhisper } from '../../src/transcript/whisper.js';
import { SAMPLES } from '../cli.js';
import { decodeAll } from '../decode-all.js';

const TALK = 'recording-request';

/** What a model made of a sample, in a few words, and whether that is what such a model should make of it. */
export interface Use {
  seen: string;
  isRight: boolean;
}

/** Proves a model, loads it as the program does, and uses it on a sample. */
export async function loadAndUse(model: Model): Promise<Use> {
  const dir = await provenModelDir(model);
  return USES[model.kind](model, dir);
}

const USES: Record<Model['kind'], (model: Model, dir: string) => Promise<Use>> = {
  whisper: hear,
  vad: findSpeech,
  classifier: flag,
};

/** Half of the words of a window: what even the smallest model makes out of clear talk. */
const LEAST_SHARE = 0.5;

async function hear(model: Model, dir: string): Promise<Use> {
  const seconds = model.windows?.maxSeconds ?? 30;
  const whisper = await loadWhisper(dir, { dtype: model.dtype, threads: 2, language: 'en' });
  const heard = await whisper.transcribe((await talk()).slice(0, seconds * SAMPLE_RATE));
  await whisper.dispose();
  const words = new Set(wordsOf(heard.map(({ text }) => text).join(' ')));
  const said = wordsOf(saidBefore(seconds));
  const share = said.filter(word => words.has(word)).length / said.length;
  return { seen: `${Math.round(100 * share)} % of ${said.length} words made out`, isRight: share >= LEAST_SHARE };
}

async function findSpeech(model: Model, dir: string): Promise<Use> {
  const vad = await loadVad(readFileSync(join(dir, model.files[0]?.path ?? '')));
  const scanner = new SpeechScanner(vad, SAMPLE_RATE);
  await scanner.push((await talk()).slice(0, 10 * SAMPLE_RATE));
  const { probabilities } = await scanner.finish();
  await vad.dispose();
  const share = probabilities.filter(probability => probability > 0.5).length / probabilities.length;
  return { seen: `speech in ${Math.round(100 * share)} % of ten seconds`, isRight: share > 0.5 && share < 1 };
}

async function flag(_: Model, dir: string): Promise<Use> {
  const classifier = await loadClassifier(dir);
  const line = { start: 0, end: 2, channel: 0, speaker: 'interviewer', trust: 'given' } as const;
  const utterances = [{ ...line, id: 0, text: 'May I record this call for our files?' }];
  const { flags } = await classify(utterances, classifier, { sensitivity: 'normal' });
  await classifier.dispose();
  const labels = flags.map(({ label }) => label);
  return { seen: labels.join(', '), isRight: labels.includes('recording-request') };
}

async function talk(): Promise<Float32Array> {
  const { channels } = await decodeAll(join(SAMPLES, `${TALK}.stereo.wav`));
  return mixDown(channels);
}

/** What is said, to its end, in the first seconds. */
function saidBefore(seconds: number): string {
  const { utterances } = JSON.parse(readFileSync(join(SAMPLES, 'expected', `${TALK}.json`), 'utf8')) as {
    utterances: { end: number; text: string }[];
  };
  return utterances
    .filter(({ end }) => end <= seconds)
    .map(({ text }) => text)
    .join(' ');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z']+/g) ?? [];
}
