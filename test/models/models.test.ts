import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Model, modelBytes, modelDir, readManifest } from '../../src/models/manifest.js';
import { pullModel } from '../../src/models/pull.js';
import { checkModel } from '../../src/models/verify.js';
import { CLI, Home } from '../cli.js';
import { hasLoopback } from '../loopback.js';

const models = readManifest().models;

describe('checkModel', () => {
  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['size', (file: string) => writeFileSync(file, 'short')],
    ['sha256', (file: string) => writeFileSync(file, readFileSync(file).fill(0, 0, 1))],
  ] as const)('finds a file that is wrong by %s', async (problem, spoil) => {
    const nano = models.find(({ name }) => name === 'nano') as Model;
    const dir = mkdtempSync(join(tmpdir(), 'offrecord-model-'));
    cpSync(modelDir(nano), dir, { recursive: true });
    spoil(join(dir, 'config.json'));
    expect(await checkModel(nano, dir)).toEqual([{ path: 'config.json', problem }]);
    rmSync(dir, { recursive: true });
  });
});

describe('a model file that was tampered with', () => {
  it('is never loaded: exit code 4', async () => {
    const home = new Home();
    const program = join(home.dir, 'program');
    const source = dirname(dirname(CLI));
    for (const part of ['dist', 'models', 'package.json'])
      cpSync(join(source, part), join(program, part), { recursive: true });
    cpSync(join(source, 'node_modules'), join(program, 'node_modules'), {
      recursive: true,
      mode: 0,
      filter: () => false,
    });
    symlinkSync(join(source, 'node_modules'), join(program, 'node_modules'));
    const weights = join(program, 'models', 'red-flags', 'encoder', 'onnx', 'model_quantized.onnx');
    const bytes = readFileSync(weights);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(weights, bytes);
    const text = join(home.dir, 'call.txt');
    writeFileSync(text, 'Anna: May I record this call?\nBen: No.\n');
    const done = spawnSync(process.execPath, [join(program, 'dist', 'cli.js'), 'analyze', text, '--no-save'], {
      env: home.env,
    });
    expect(done.status).toBe(4);
    expect(done.stderr.toString()).toMatch(
      /“red-flags” is damaged \(encoder\/onnx\/model_quantized\.onnx is not the file it should be\)/,
    );
    home.remove();
  });
});

describe.runIf(hasLoopback)('pullModel', () => {
  const contents = new Map([
    ['config.json', Buffer.from('{"a": 1}')],
    ['onnx/model.onnx', Buffer.alloc(300_000, 7)],
  ]);
  const model: Model = {
    ...(models.find(({ name }) => name === 'tiny.en') as Model),
    files: [...contents].map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  };
  let server: Server;
  let dir: string;
  let answer: (path: string) => { status: number; body: Buffer };
  const asked: string[] = [];
  const hub = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pull = (): Promise<void> => pullModel(model, { hub: hub(), dir });
  const right = (path: string): { status: number; body: Buffer } => ({
    status: 200,
    body: contents.get(path) ?? Buffer.alloc(0),
  });
  const left = (): string[] => (existsSync(dir) ? readdirSync(dir, { recursive: true }).map(String).sort() : []);

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = (request.url ?? '').split(`/${model.revision}/`)[1] ?? '';
      asked.push(request.url ?? '');
      const { status, body } = answer(path);
      response.writeHead(status, { 'content-length': body.length }).end(body);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'offrecord-pull-')), 'tiny.en');
    asked.length = 0;
    answer = right;
  });
  afterEach(() => rmSync(dirname(dir), { recursive: true, force: true }));

  it('puts every file in its place, from the pinned revision', async () => {
    await pull();
    expect(await checkModel(model, dir)).toEqual([]);
    expect(asked[0]).toBe(`/onnx-community/whisper-tiny.en/resolve/${model.revision}/config.json`);
    expect(left()).toEqual(['config.json', 'onnx', join('onnx', 'model.onnx')]);
  });

  it('asks only for what is missing or wrong', async () => {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'config.json'), contents.get('config.json') as Buffer);
    await pull();
    expect(asked).toHaveLength(1);
  });

  it.each([
    [
      'other bytes of the same length',
      () => ({ status: 200, body: Buffer.alloc(300_000, 8) }),
      /is not the file that was pinned/,
    ],
    ['a short body', () => ({ status: 200, body: Buffer.alloc(1000, 7) }), /ended after 1000 of 300000 bytes/],
    ['a long body', () => ({ status: 200, body: Buffer.alloc(300_001, 7) }), /is longer than the 300000 bytes/],
    ['an error', () => ({ status: 404, body: Buffer.from('no') }), /answered 404/],
  ])('refuses %s and leaves nothing of it', async (_, wrong, sentence) => {
    answer = path => (path.endsWith('.onnx') ? wrong() : right(path));
    await expect(pull()).rejects.toThrow(sentence);
    expect(left()).toEqual(['config.json', 'onnx']);
  });

  it('says so when nobody answers', async () => {
    const closed = pullModel(model, { hub: 'http://127.0.0.1:9', dir });
    await expect(closed).rejects.toThrow(/could not be fetched.*Is this computer online\?/);
  });

  it('refuses to pull what ships', async () => {
    const nano = models.find(({ name }) => name === 'nano') as Model;
    await expect(pullModel(nano, { hub: hub() })).rejects.toMatchObject({ kind: 'usage' });
    expect(modelBytes(nano)).toBeGreaterThan(1e7);
  });
});
