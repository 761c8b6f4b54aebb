import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { mixDown, splitChannels } from './audio/channels.js';
import { openAudio } from './audio/decode.js';
import { SAMPLE_RATE } from './audio/stream.js';
import { checkAborted } from './errors.js';
import type { Model } from './models/manifest.js';
import { noteSpeed } from './models/speeds.js';
import { provenModelDir } from './models/verify.js';
import { packageDir } from './paths.js';
import { loadWhisper } from './transcript/whisper.js';

/** Talk that ships: noise or silence would ask for other amounts of work. */
const TALK = join(packageDir, 'samples', 'recording-request.stereo.wav');
const MOST_SECONDS = 10;
const MOST_WINDOWS = 3;

/**
 * Measures how fast a Whisper model is on this computer, for ten seconds at most after it is loaded, and keeps the result. Its
 * files are proven first, and being able to load it is proven with it.
 * @returns seconds of work a second of recording
 */
export async function measureSpeed(model: Model, signal?: AbortSignal): Promise<number> {
  const dir = await provenModelDir(model);
  const samples = await talk((model.windows?.maxSeconds ?? 30) * SAMPLE_RATE);
  const whisper = await loadWhisper(dir, { dtype: model.dtype, threads: availableParallelism(), language: 'en' });
  try {
    const seconds = await timeWindows(() => whisper.transcribe(samples), signal);
    const rtf = seconds / (samples.length / SAMPLE_RATE);
    noteSpeed(model, rtf);
    return rtf;
  } finally {
    await whisper.dispose();
  }
}

/** The median of some rounds; no further one begins that would go beyond the time. */
async function timeWindows(work: () => Promise<unknown>, signal: AbortSignal | undefined): Promise<number> {
  const rounds: number[] = [];
  let spent = 0;
  do {
    checkAborted(signal);
    const started = performance.now();
    await work();
    rounds.push((performance.now() - started) / 1000);
    spent += rounds.at(-1) ?? 0;
  } while (rounds.length < MOST_WINDOWS && spent + Math.max(...rounds) <= MOST_SECONDS);
  return rounds.toSorted((a, b) => a - b)[rounds.length >> 1] ?? 0;
}

async function talk(length: number): Promise<Float32Array> {
  const audio = await openAudio(TALK);
  const samples = new Float32Array(length);
  let at = 0;
  for await (const block of audio.chunks) {
    const mixed = mixDown(splitChannels(block, audio.channels)).subarray(0, length - at);
    samples.set(mixed, at);
    at += mixed.length;
    if (at === length) break;
  }
  return samples.slice(0, at);
}
