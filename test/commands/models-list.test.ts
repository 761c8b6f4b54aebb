import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Home } from '../cli.js';
import { Program, RANDOM_WHISPER } from '../models/program.js';

let program: Program;
let home: Home;
beforeAll(() => {
  program = new Program({ hub: 'https://nowhere.invalid', hosts: ['nowhere.invalid'] });
});
afterAll(() => program.remove());
beforeEach(async () => {
  home = new Home(program.cli);
  // The three real models of this program are the same small one; the first that fits takes it.
  expect((await home.run('models', 'add', RANDOM_WHISPER)).code).toBe(0);
});
afterEach(() => home.remove());

const speedsFile = (): string => join(home.dir, 'data', 'offrecord', 'models', 'speeds.json');

interface Listed {
  name: string;
  installed: boolean;
  speed: { rtf: number; measured: boolean; secondsAnHour: number } | null;
}

async function list(...words: string[]): Promise<Map<string, Listed>> {
  const { code, stdout } = await home.run('models', 'list', '--json', ...words);
  expect(code).toBe(0);
  return new Map((JSON.parse(stdout).models as Listed[]).map(model => [model.name, model]));
}

/** What `analyze` would take of what is here. */
function chosen(): string {
  const engine = JSON.stringify(pathToFileURL(join(program.dir, 'dist', 'engine.js')).href);
  const script = `
    const { createEngine } = await import(${engine});
    console.log((await createEngine({ language: 'en', sensitivity: 'normal' })).whisperModel.name);`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: home.env }).stdout.toString().trim();
}

it('tells what to expect of a model that is here, and measures nothing by itself', async () => {
  const models = await list();
  expect(models.get('tiny.en')).toMatchObject({
    installed: true,
    speed: { measured: false, rtf: 0.1, secondsAnHour: 360 },
  });
  expect(models.get('base.en')).toMatchObject({ installed: false, speed: null });
  expect(models.get('red-flags')).toMatchObject({ installed: true, speed: null });
  expect((await home.run('models', 'list')).stdout).toMatch(/^tiny\.en .* here +an hour in 6 min, expected/m);
  expect(statSync(speedsFile(), { throwIfNoEntry: false })).toBeUndefined();
});

it('measures on request, keeps it beside the models, and forgets it on another computer', async () => {
  const speed = (await list('--measure')).get('tiny.en')?.speed;
  expect(speed).toMatchObject({ measured: true });
  expect(speed?.rtf).toBeGreaterThan(0);
  expect((await list()).get('tiny.en')?.speed).toEqual(speed);
  expect(statSync(speedsFile()).mode & 0o777).toBe(0o600);
  const noted = JSON.parse(readFileSync(speedsFile(), 'utf8'));
  writeFileSync(speedsFile(), JSON.stringify({ ...noted, machine: 'another processor, 64 threads' }));
  expect((await list()).get('tiny.en')?.speed).toMatchObject({ measured: false });
  writeFileSync(speedsFile(), '{');
  expect((await list()).get('tiny.en')?.speed).toMatchObject({ measured: false });
});

it('measures a model that cannot be loaded to no end, and says so', async () => {
  const file = join(home.dir, 'data', 'offrecord', 'models', 'tiny.en', 'tokenizer.json');
  writeFileSync(file, readFileSync(file).fill(0, 0, 1));
  const { code, stderr } = await home.run('models', 'list', '--measure');
  expect(code).toBe(0);
  expect(stderr).toMatch(/The speed of “tiny\.en” could not be measured: The model “tiny\.en” is damaged/);
});

it('what is here is what analyze takes: a real one before the built-in one', async () => {
  expect(chosen()).toBe('tiny.en');
  rmSync(join(home.dir, 'data'), { recursive: true });
  expect(chosen()).toBe('nano');
});
