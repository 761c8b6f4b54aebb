import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestSchema, modelDir, readManifest } from '../../src/models/manifest.js';
import { checkModel } from '../../src/models/verify.js';
import { packageDir } from '../../src/paths.js';

const raw = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(packageDir, 'models', 'manifest.json'), 'utf8'));
const { hub, hosts, models } = readManifest();

describe('the manifest', () => {
  it('names every kind of model, each once', () => {
    expect(new Set(models.map(({ kind }) => kind))).toEqual(new Set(['whisper', 'vad', 'classifier']));
    expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
  });

  it.each(models.filter(({ location }) => !('hub' in location)).map(model => [model.name, model] as const))(
    'is right about %s, which ships',
    async (_, model) => {
      expect(await checkModel(model)).toEqual([]);
    },
  );

  it('names every file that the built-in Whisper ships with, but for its card, its measurement and its training', () => {
    for (const model of models.filter(({ kind, location }) => kind === 'whisper' && 'builtIn' in location)) {
      const shipped = readdirSync(modelDir(model), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && !entry.parentPath.startsWith(join(modelDir(model), 'train')))
        .map(({ name }) => name);
      expect(shipped.filter(name => name !== 'README.md' && !name.endsWith('.ts')).sort()).toEqual(
        model.files.map(({ path }) => path.split('/').at(-1)).sort(),
      );
    }
  });

  it('pins every hub model to a commit, by https, and tells how long its windows may be', () => {
    const pulled = models.filter(({ location }) => 'hub' in location);
    expect(pulled.map(({ name }) => name)).toEqual(['tiny.en', 'base.en', 'small.en']);
    expect(hub).toBe('https://huggingface.co');
    expect(hosts).toEqual(['huggingface.co', '*.huggingface.co', '*.hf.co']);
    for (const { revision, windows, licence, languages } of pulled) {
      expect(revision).toMatch(/^[0-9a-f]{40}$/);
      expect(windows?.maxSeconds).toBe(30);
      expect(licence).toMatch(/MIT/);
      expect(languages).toEqual(['en']);
    }
  });

  it('names for a Whisper all files that loading one needs', () => {
    const needed = ['config.json', 'generation_config.json', 'preprocessor_config.json', 'tokenizer.json'];
    for (const { files } of models.filter(({ kind }) => kind === 'whisper')) {
      const paths = files.map(({ path }) => path);
      expect(paths).toEqual(expect.arrayContaining(needed));
      expect(paths.filter(path => /^onnx\/(encoder|decoder)_model\w*\.onnx$/.test(path))).toHaveLength(2);
    }
  });
});

describe('a manifest is refused', () => {
  type Entry = Record<string, unknown> & { name: string; files: Record<string, unknown>[] };
  const change = (spoil: (model: Entry, all: Record<string, unknown> & { models: Entry[] }) => void): unknown => {
    const all = raw() as Record<string, unknown> & { models: Entry[] };
    spoil(all.models.find(({ name }) => name === 'base.en') as Entry, all);
    return all;
  };

  it.each<[what: string, spoil: Parameters<typeof change>[0]]>([
    ['with a file that leaves the folder', ({ files }) => Object.assign(files[0] ?? {}, { path: '../config.json' })],
    ['with an absolute path', ({ files }) => Object.assign(files[0] ?? {}, { path: '/etc/passwd' })],
    ['without a size', ({ files }) => delete files[0]?.bytes],
    ['with a short sha256', ({ files }) => Object.assign(files[0] ?? {}, { sha256: 'abc' })],
    ['with a branch for a commit', model => Object.assign(model, { revision: 'main' })],
    ['without the speed to expect', model => delete model.speed],
    ['with a model that leaves the folder', model => Object.assign(model, { name: '../base.en' })],
    ['with a file named twice', ({ files }) => files.push({ ...files[0] })],
    ['with a model named twice', (model, all) => all.models.push(model)],
    ['with a hub that needs no https', (_, all) => Object.assign(all, { hub: 'http://huggingface.co' })],
    ['with any host at all', (_, all) => Object.assign(all, { hosts: ['*'] })],
    ['with a word it does not know', (_, all) => Object.assign(all, { trustAll: true })],
  ])('%s', (_, spoil) => {
    expect(manifestSchema.safeParse(raw()).success).toBe(true);
    expect(manifestSchema.safeParse(change(spoil)).success).toBe(false);
  });
});
