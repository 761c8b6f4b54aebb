import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Model, modelDir, readManifest } from '../../src/models/manifest.js';
import { checkModel } from '../../src/models/verify.js';
import { CLI, Home } from '../cli.js';

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
