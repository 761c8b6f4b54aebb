import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { OffRecordError } from '../errors.js';
import { type Model, type ModelFile, modelSchema } from './schema.js';

const NEEDED = ['config.json', 'generation_config.json', 'preprocessor_config.json', 'tokenizer.json'];
/** How the hub names the weights of each dtype, from the quickest on a processor to the slowest. */
const DTYPES: [dtype: Model['dtype'], suffix: string][] = [
  ['q8', '_quantized'],
  ['fp32', ''],
  ['fp16', '_fp16'],
];

const config = z.object({ model_type: z.literal('whisper') });
const generation = z.object({
  is_multilingual: z.boolean().optional(),
  lang_to_id: z.record(z.string(), z.number()).optional(),
});

/**
 * Describes a Whisper that this version does not know, with the sizes and sha256 its files have now.
 * @throws OffRecordError `failed` when the folder holds no Whisper in the hub’s layout
 */
export async function describeUnknown(folder: string, name: string): Promise<Model> {
  const weights = await findWeights(folder);
  const isWhisper = config.safeParse(await readJson(folder, 'config.json')).success;
  const there = await topLevelJson(folder);
  const missing = NEEDED.find(path => !there.includes(path));
  if (!isWhisper || !weights || missing) {
    const what = missing ? `${missing} is missing` : 'config.json or onnx/ is of another kind';
    throw new OffRecordError('failed', `${folder} holds no Whisper in the layout of transformers.js: ${what}.`);
  }
  const files = await Promise.all([...there, ...weights.paths].map(path => describeFile(folder, path)));
  const described = modelSchema.safeParse({
    ...{ name, kind: 'whisper', location: { added: basename(folder) }, revision: `added-${revisionOf(files)}` },
    ...{ licence: 'unknown', dtype: weights.dtype, languages: await languagesOf(folder), demonstration: false },
    ...{ note: 'Added on this computer; nobody has pinned it.', speed: 'slow' },
    ...{ windows: { maxSeconds: 30, maxPause: 3 }, files },
  });
  if (described.success) return described.data;
  const sentence = `“${name}” can’t be the name of a model: take small letters, digits, dots and hyphens with --name.`;
  throw new OffRecordError('usage', sentence, { cause: described.error });
}

async function findWeights(folder: string): Promise<{ dtype: Model['dtype']; paths: string[] } | undefined> {
  const there = await readdir(join(folder, 'onnx')).catch((): string[] => []);
  for (const [dtype, suffix] of DTYPES) {
    const pair = [`encoder_model${suffix}.onnx`, `decoder_model_merged${suffix}.onnx`];
    const data = pair.map(name => `${name}_data`).filter(name => there.includes(name));
    if (pair.every(name => there.includes(name)))
      return { dtype, paths: [...pair, ...data].map(name => `onnx/${name}`) };
  }
  return undefined;
}

async function topLevelJson(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter(name => /^\w[\w.-]*\.json$/.test(name)).sort();
}

async function readJson(folder: string, name: string): Promise<unknown> {
  return readFile(join(folder, name), 'utf8')
    .then(JSON.parse)
    .catch(() => null);
}

/** `<|en|>` → `en`. */
async function languagesOf(folder: string): Promise<string[]> {
  const { data } = generation.safeParse(await readJson(folder, 'generation_config.json'));
  const codes = Object.keys(data?.lang_to_id ?? {}).map(token => token.replace(/[^a-z]/g, ''));
  return data?.is_multilingual && codes.length > 0 ? codes : ['en'];
}

async function describeFile(folder: string, path: string): Promise<ModelFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, path)), hash);
  return { path, bytes: (await stat(join(folder, path))).size, sha256: hash.digest('hex') };
}

function revisionOf(files: ModelFile[]): string {
  const all = files.map(({ path, sha256 }) => `${path} ${sha256}`).join('\n');
  return createHash('sha256').update(all).digest('hex').slice(0, 12);
}
