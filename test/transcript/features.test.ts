import { basename, dirname } from 'node:path';
import { AutoProcessor, env } from '@xenova/transformers';
import { beforeAll, describe, expect, it } from 'vitest';
import { findModel, modelDir } from '../../src/models/manifest.js';
import { withQuickFeatures } from '../../src/transcript/whisper.js';

type Call = (samples: Float32Array) => Promise<{ input_features: { dims: number[]; data: Float32Array } }>;
let [library, quick]: Call[] = [];
beforeAll(async () => {
  const dir = modelDir(findModel('whisper', 'nano'));
  env.allowRemoteModels = false;
  env.localModelPath = `${dirname(dir)}/`;
  const processor = await AutoProcessor.from_pretrained(basename(dir), {});
  library = processor as unknown as Call;
  quick = withQuickFeatures(processor) as unknown as Call;
});

const tone = (seconds: number, level: number): Float32Array =>
  Float32Array.from({ length: seconds * 16000 }, (_, i) => level * Math.sin(i / 7) * Math.sin(i / 900));

describe('withQuickFeatures', () => {
  it.each([
    ['a short sound', tone(0.31, 0.5)],
    ['a sound of 4 s', tone(4, 0.5)],
    ['a sound of almost 30 s', tone(29.99, 0.5)],
    ['a sound of 30 s', tone(30, 0.5)],
    ['a very quiet sound', tone(3, 1e-5)],
    ['silence', new Float32Array(16000)],
  ])('gives the library’s own values for %s', async (_, samples) => {
    const [expected, given] = [await library?.(samples), await quick?.(samples)];
    expect(given?.input_features.dims).toEqual(expected?.input_features.dims);
    const [a, b] = [expected?.input_features.data ?? [], given?.input_features.data ?? []];
    let most = 0;
    for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 9)));
    expect(most).toBeLessThan(1e-4);
  });
});
