import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.js';
import { CLI, Home, SAMPLES } from '../cli.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const AGENCY = join(SAMPLES, 'agency-screen.vtt');

describe('offrecord doctor', () => {
  it('finds nothing wrong on a fresh computer, and makes nothing there', async () => {
    const { code, stdout } = await home.run('doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok {7}SQLite: \d/m);
    expect(stdout).toMatch(/^ok {7}onnxruntime: /m);
    expect(stdout).toMatch(/^ok {7}FFmpeg, built in: decodes a test sound$/m);
    expect(stdout).toMatch(/^ok {7}model red-flags: .* sha256 as they should be$/m);
    expect(stdout).toMatch(
      /^warning {2}speech model for real calls: .*\n {9}Get one: offrecord models pull base\.en$/m,
    );
    expect(stdout).not.toMatch(/^failed/m);
    expect(readdirSync(home.dir)).toEqual([]);
  });

  it('prints one document, and ends with 1 when something failed', async () => {
    await home.run('analyze', AGENCY);
    chmodSync(home.storeDir, 0o755);
    const { code, stdout, stderr } = await home.run('doctor', '--json');
    const { schema, healthy, checks } = JSON.parse(stdout) as { schema: string; healthy: boolean; checks: Check[] };
    expect([code, schema, healthy]).toEqual([1, 'offrecord.doctor/1', false]);
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([
      {
        name: 'permissions',
        state: 'failed',
        seen: `open to others: ${home.storeDir}`,
        mend: `chmod 700 '${home.storeDir}'`,
      },
    ]);
    expect(stderr).toBe('offrecord: Not as it should be: permissions.\n');
  });

  it('tells of a model file that is wrong, and of native code that does not load, while other commands go on', async () => {
    const program = join(home.dir, 'program');
    const source = dirname(dirname(CLI));
    for (const part of ['dist', 'models', 'package.json'])
      cpSync(join(source, part), join(program, part), { recursive: true });
    linkModules(join(source, 'node_modules'), join(program, 'node_modules'), 'onnxruntime-node');
    const config = join(program, 'models', 'red-flags', 'encoder', 'config.json');
    writeFileSync(config, readFileSync(config).fill(0, 0, 1));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(program, 'dist', 'cli.js'), ...args], { env: home.env, encoding: 'utf8' });
    const { status, stdout, stderr } = run('doctor');
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^failed {3}onnxruntime: the native module does not load \(no such build\)\n {9}Install again/m,
    );
    expect(stdout).toMatch(/^failed {3}model red-flags: encoder\/config\.json has the wrong sha256\n {9}Get it again/m);
    expect(stdout).toMatch(/^ok {7}SQLite/m);
    expect(stderr).toBe('offrecord: Not as it should be: onnxruntime, model red-flags.\n');
    expect(run('list').status).toBe(0);
  });
});

/** The modules of the program, one of which can’t be loaded. */
function linkModules(source: string, target: string, broken: string): void {
  mkdirSync(join(target, broken), { recursive: true });
  for (const name of readdirSync(source).filter(entry => entry !== broken))
    symlinkSync(join(source, name), join(target, name));
  writeFileSync(join(target, broken, 'package.json'), JSON.stringify({ name: broken, main: 'index.js' }));
  writeFileSync(
    join(target, broken, 'index.js'),
    "exports.InferenceSession = exports.Tensor = 0; throw new Error('no such build');",
  );
  expect(existsSync(join(target, 'commander'))).toBe(true);
}
