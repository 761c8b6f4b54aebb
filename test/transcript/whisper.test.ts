import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { findModel, modelDir } from '../../src/models/manifest.js';
import { loadWhisper, type Whisper } from '../../src/transcript/whisper.js';
import { SAMPLES } from '../cli.js';
import { decodeAll } from '../decode-all.js';

/** Random weights in the layout of the hub's English-only models; it says the same two sentences to every sound. */
const ENGLISH_ONLY = fileURLToPath(new URL('../fixtures/whisper-random.en', import.meta.url));
const SENTENCES = [
  { start: 0, end: 1.4, text: ' bada fego, kilu mopa nuri.' },
  { start: 1.4, end: 2.8, text: ' sovi taze pibu rega.' },
];
const options = { dtype: 'q8', threads: 1, language: 'en' } as const;
const noise = (seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * 16000 }, (_, i) => ((i * 7919) % 1000) / 5000 - 0.1);

let whisper: Whisper | undefined;
let copy: string | undefined;
afterEach(async () => {
  await whisper?.dispose();
  if (copy) rmSync(copy, { recursive: true });
  whisper = copy = undefined;
});

/** The English-only model with one of its files changed. */
function changed(file: string, change: (config: Record<string, unknown>) => void): string {
  copy = mkdtempSync(join(tmpdir(), 'offrecord-whisper-'));
  cpSync(ENGLISH_ONLY, join(copy, 'whisper'), { recursive: true });
  const path = join(copy, 'whisper', file);
  const config = JSON.parse(readFileSync(path, 'utf8'));
  change(config);
  writeFileSync(path, JSON.stringify(config));
  return join(copy, 'whisper');
}

describe('a model of the hub’s English-only layout', () => {
  it.each([0.5, 4, 30])('is run on a window of %s s, although it refuses to be told a language', async seconds => {
    whisper = await loadWhisper(ENGLISH_ONLY, options);
    expect(await whisper.transcribe(noise(seconds))).toEqual(SENTENCES);
  });

  it('suppresses the tokens that its own files name', async () => {
    const dir = changed('generation_config.json', config => {
      config.suppress_tokens = [];
    });
    whisper = await loadWhisper(dir, options);
    expect((await whisper.transcribe(noise(4)))[0]?.text).toBe(' bada fego, kilu( nuri.');
  });

  it('is told language and task as soon as its own files call it multilingual', async () => {
    const dir = changed('generation_config.json', config => {
      config.is_multilingual = true;
      config.lang_to_id = { '<|en|>': 50258 };
      config.task_to_id = { transcribe: 50358 };
    });
    whisper = await loadWhisper(dir, options);
    // It starts from other tokens then, and says something else.
    expect(await whisper.transcribe(noise(4))).not.toEqual(SENTENCES);
  });
});

describe('the built-in model', () => {
  it('is told language and task, and hears its voices', async () => {
    whisper = await loadWhisper(modelDir(findModel('whisper', 'nano')), options);
    const [left] = (await decodeAll(join(SAMPLES, 'recording-request.stereo.wav'))).channels as [Float32Array];
    const heard = await whisper.transcribe(left.slice(9.1 * 16000, 13.3 * 16000));
    const text = heard.map(piece => piece.text).join(' ');
    expect(text.toLowerCase()).toMatch(/before we begin,? i want to ask if we .* record this conversation/);
    expect(heard.at(-1)?.end).toBeGreaterThan(3);
  });
});
