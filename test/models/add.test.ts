import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { create, Header } from 'tar';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findModel, modelDir } from '../../src/models/manifest.js';
import type { Report } from '../../src/types.js';
import { type Ended, Home, SAMPLES } from '../cli.js';
import { Program, RANDOM_WHISPER } from './program.js';

const OWN_NAME = 'models of a friend';
let program: Program;
let home: Home;
beforeAll(() => {
  program = new Program({ hub: 'https://nowhere.invalid', hosts: ['nowhere.invalid'] });
});
afterAll(() => program.remove());
beforeEach(() => {
  home = new Home(program.cli);
});
afterEach(() => home.remove());

const modelsDir = (): string => join(home.dir, 'data', 'offrecord', 'models');
const left = (): string[] => (existsSync(modelsDir()) ? readdirSync(modelsDir()).sort() : []);
const add = (...words: string[]): Promise<Ended> => home.run('models', 'add', ...words);

/** A copy of the random Whisper, changed or not. */
function copyOf(folder: string, spoil?: (folder: string) => void): string {
  const to = join(home.dir, folder);
  mkdirSync(to, { recursive: true });
  cpSync(RANDOM_WHISPER, to, { recursive: true });
  spoil?.(to);
  return to;
}

/** Another sentence in a file that loading a model does not need. */
function changeConfig(folder: string): void {
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), changed: true }));
}

describe('models add', () => {
  it('takes a model from a folder, proves it, and leaves the folder as it is', async () => {
    const source = copyOf(join(OWN_NAME, 'small.en'));
    const { code, stdout } = await add(source);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^tiny\.en, \d+ MB, is here and proven\.\n$/)]);
    expect(left()).toEqual(['tiny.en']);
    expect((await home.run('models', 'verify')).stdout).toMatch(/tiny\.en +proven/);
    expect(readdirSync(source).sort()).toEqual(readdirSync(RANDOM_WHISPER).sort());
  });

  it.each([
    ['model.tar', false, '.'],
    ['model.tar.gz', true, '.'],
    ['models.tgz', true, 'deep/er/base.en'],
  ])('takes one from %s', async (name, gzip, folder) => {
    copyOf(join('packed', folder));
    await create({ file: join(home.dir, name), gzip, cwd: join(home.dir, 'packed') }, ['.']);
    const { code, stdout } = await add(name, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'offrecord.models-add/1',
      models: [{ name: 'tiny.en', pinned: true }],
      refused: [],
    });
    expect(left()).toEqual(['tiny.en']);
  });

  it.each<[what: string, name: string, make: () => void, sentence: RegExp]>([
    ['a place that is not there', 'nowhere', () => {}, /There is no file or folder nowhere/],
    [
      'a folder without a model',
      'empty',
      () => mkdirSync(join(home.dir, 'empty')),
      /There is no model in .*empty: no folder/,
    ],
    [
      'a file that is no archive',
      'call.wav',
      () => copyFileSync(join(SAMPLES, 'chat-notes.txt'), join(home.dir, 'call.wav')),
      /call\.wav can’t be read as a tar archive/,
    ],
    [
      'a changed file',
      'm',
      () => copyOf('m', changeConfig),
      /it resembles \S+, but config\.json is not the file it should be\. Only if .*--trust/,
    ],
    [
      'a missing file',
      'm',
      () => copyOf('m', dir => rmSync(join(dir, 'tokenizer.json'))),
      /but tokenizer\.json is missing/,
    ],
  ])('refuses %s in one sentence', async (_, name, make, sentence) => {
    make();
    const { code, stdout, stderr } = await add(name);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(left()).toEqual([]);
  });

  it.each([
    ['a path that leads out', { path: '../../escaped.txt', type: 'File' }],
    ['an absolute path', { path: '/tmp/offrecord-escaped.txt', type: 'File' }],
    ['a symbolic link', { path: 'onnx', type: 'SymbolicLink', linkpath: '/tmp' }],
    ['a hard link', { path: 'config.json', type: 'Link', linkpath: '/etc/passwd' }],
    ['a device', { path: 'config.json', type: 'CharacterDevice' }],
  ] as const)('refuses an archive with %s, and unpacks nothing of it', async (_, entry) => {
    const body = entry.type === 'File' ? Buffer.alloc(512, 'x') : Buffer.alloc(0);
    const header = new Header({ ...entry, size: body.length, mode: 0o644, mtime: new Date(0) });
    const head = Buffer.alloc(512);
    header.encode(head, 0);
    writeFileSync(join(home.dir, 'evil.tar'), Buffer.concat([head, body, Buffer.alloc(1024)]));
    const { code, stderr } = await add('evil.tar', '--trust');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /evil\.tar holds .*, which (leads out of its folder|is a link or a device), so nothing of it was unpacked/,
    );
    expect(left()).toEqual([]);
    for (const place of [
      join(modelsDir(), '..', 'escaped.txt'),
      join(home.dir, 'data', 'escaped.txt'),
      '/tmp/offrecord-escaped.txt',
    ])
      expect(existsSync(place)).toBe(false);
  });

  it('takes the models that it knows of several, and tells of the others', async () => {
    copyOf(join('many', 'good'));
    copyOf(join('many', 'other'), changeConfig);
    const { code, stdout, stderr } = await add('many');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^tiny\.en,/)]);
    expect(stderr).toMatch(/many\/other was not added: it resembles/);
    expect(left()).toEqual(['tiny.en']);
  });

  it('removes what a killed one had unpacked', async () => {
    mkdirSync(join(modelsDir(), '.adding-999999999-abc'), { recursive: true });
    copyOf('packed');
    await create({ file: join(home.dir, 'm.tar'), cwd: join(home.dir, 'packed') }, ['.']);
    expect((await add('m.tar')).code).toBe(0);
    expect(left()).toEqual(['tiny.en']);
  });

  it('follows no link of a folder to a folder elsewhere', async () => {
    mkdirSync(join(home.dir, 'links'));
    symlinkSync(RANDOM_WHISPER, join(home.dir, 'links', 'model'));
    expect(await add('links')).toMatchObject({ code: 1, stderr: expect.stringMatching(/There is no model in/) });
  });
});

describe('a model that this version does not know', () => {
  const OWN = 'my-whisper';
  beforeEach(async () => {
    copyOf(OWN, changeConfig);
    expect(await add(OWN, '--trust')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^my-whisper.*Nobody has pinned it/),
    });
  });

  it('is listed as such, proven by what it was, and never chosen by itself', async () => {
    const { models } = JSON.parse((await home.run('models', 'list', '--json')).stdout);
    expect(models.find(({ name }: { name: string }) => name === OWN)).toMatchObject({ installed: true, pinned: false });
    expect((await home.run('models', 'verify')).stdout).toMatch(/my-whisper +proven/);
    copyFileSync(join(SAMPLES, 'recording-request.stereo.wav'), join(home.dir, 'call.wav'));
    expect((await home.run('analyze', 'call.wav', '--no-save')).code).toBe(4);
  });

  it('is refused with code 4 once a byte of it has changed', async () => {
    const file = join(modelsDir(), OWN, 'tokenizer_config.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('{', ' '));
    const ended = await home.run('analyze', join(SAMPLES, 'recording-request.stereo.wav'), '--model', OWN, '--no-save');
    expect(ended).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/“my-whisper” is damaged \(tokenizer_config\.json/),
    });
  });

  it('marks every report', async () => {
    // The built-in model under another name: the random one hears nothing that looks like English.
    cpSync(modelDir(findModel('whisper', 'nano')), join(home.dir, 'found'), { recursive: true });
    expect((await add('found', '--trust')).code).toBe(0);
    const sound = join(SAMPLES, 'recording-request.stereo.wav');
    const { stdout } = await home.run('analyze', sound, '--model', 'found', '--no-save', '--json');
    const { models, notices } = JSON.parse(stdout) as Report;
    expect(models.whisper).toMatchObject({ name: 'found', revision: expect.stringMatching(/^added-[0-9a-f]{12}$/) });
    expect(notices[0]).toMatch(
      /^Transcribed by “found”, a model that was added on this computer and that nobody has pinned/,
    );
  });

  it('is gone after models remove; what ships stays', async () => {
    expect((await home.run('models', 'remove', OWN)).code).toBe(0);
    expect(left()).toEqual(['added.json']);
    expect((await home.run('models', 'list')).stdout).not.toContain(OWN);
    expect(await home.run('models', 'remove', OWN)).toMatchObject({ code: 2 });
    expect(await home.run('models', 'remove', 'nano')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/ships with/),
    });
    expect(await home.run('models', 'remove', 'base.en')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is not on this computer/),
    });
  });

  it.each([
    [['--name', 'base.en'], 2, /“base\.en” is the name of a model that this version knows/],
    [['--name', '../evil'], 2, /“\.\.\/evil” can’t be the name of a model/],
  ])('can’t be called %s', async (words, code, sentence) => {
    expect(await add(OWN, '--trust', ...words)).toMatchObject({ code, stderr: expect.stringMatching(sentence) });
  });

  it('must be a Whisper', async () => {
    copyOf('other', dir => writeFileSync(join(dir, 'config.json'), '{"model_type": "bert"}'));
    expect(await add('other', '--trust')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/holds no Whisper in the layout/),
    });
    copyOf('half', dir => rmSync(join(dir, 'onnx', 'encoder_model_quantized.onnx')));
    expect(await add('half', '--trust')).toMatchObject({ code: 1, stderr: expect.stringMatching(/holds no Whisper/) });
  });

  it('is told of in one sentence when the list of such models is damaged', async () => {
    writeFileSync(join(modelsDir(), 'added.json'), '{');
    expect(await home.run('models', 'list')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/added\.json, the list .* Remove it and add them again/),
    });
  });
});
