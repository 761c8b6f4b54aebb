import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describePull } from '../../src/commands/models-pull.js';
import { Home, SAMPLES } from '../cli.js';
import { hasLoopback } from '../loopback.js';
import { makeCertificate } from '../models/certificate.js';
import { cutAfter, HubServer, says } from '../models/hub-server.js';
import { filesOf, Program, RANDOM_WHISPER } from '../models/program.js';
import { ProxyServer } from '../models/proxy-server.js';

/** Without the measurement, which takes a while. */
const PULL = ['models', 'pull', '--no-measure'];
const LARGEST = 'onnx/decoder_model_merged_quantized.onnx';

describe.runIf(hasLoopback)('models pull (left out where there is no loopback)', () => {
  let server: HubServer;
  let program: Program;
  let home: Home;
  const modelsDir = (): string => join(home.dir, 'data', 'offrecord', 'models');
  const left = (): string[] =>
    readdirSync(modelsDir(), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ name }) => name);

  beforeAll(async () => {
    server = new HubServer(filesOf(RANDOM_WHISPER));
    await server.start();
    program = new Program({ hub: server.address, hosts: server.hosts });
  });
  afterAll(() => {
    server.stop();
    program.remove();
  });
  beforeEach(() => {
    home = new Home(program.cli);
    server.bytesASecond = 0;
    server.meets(LARGEST);
    server.asked.length = 0;
  });
  afterEach(() => home.remove());

  it('gets base.en, proves it, and analyze uses it offline from then on', async () => {
    const pulled = await home.run('models', 'pull');
    expect(pulled).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^base\.en is here and proven.* an hour in .*, measured\.$/m),
    });
    expect(pulled.stderr).toMatch(
      /^Whisper base\.en, \d+ MB, from 127\.0\.0\.1:\d+, once\. Nothing of yours is sent\./,
    );
    expect(statSync(join(modelsDir(), 'base.en')).mode & 0o777).toBe(0o700);
    server.asked.length = 0;
    const sound = join(SAMPLES, 'recording-request.stereo.wav');
    // The random model hears invented words in everything, and the sample is heard by it and no longer by the built-in one.
    expect(await home.run('analyze', sound, '--no-save')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/do not look like English/),
    });
    expect(server.asked).toEqual([]);
  });

  it('says nothing but one document with --json, and asks for nothing that is here', async () => {
    const { stdout } = await home.run('models', 'pull', 'tiny.en', '--json');
    expect(JSON.parse(stdout)).toEqual({
      ...{ schema: 'offrecord.models-pull/1', name: 'tiny.en', installed: true },
      ...{ folder: join(modelsDir(), 'tiny.en'), rtf: expect.any(Number) },
    });
    server.asked.length = 0;
    expect((await home.run(...PULL, 'tiny.en')).code).toBe(0);
    expect(server.asked).toEqual([]);
  });

  it('goes on by range after a kill -9, and the whole file is proven', async () => {
    server.meets(LARGEST, cutAfter(20_000), () => 'never answered');
    const { child, ended } = home.start(PULL);
    await until(() => server.fetched(LARGEST).length === 2);
    child.kill('SIGKILL');
    await ended;
    expect(left().filter(name => name.endsWith('.part'))).toHaveLength(1);
    server.asked.length = 0;
    expect((await home.run(...PULL)).code).toBe(0);
    expect(server.fetched(LARGEST)).toMatchObject([{ range: 'bytes=20000-', ifRange: expect.any(String) }]);
    expect(left().filter(name => /part|tag/.test(name))).toEqual([]);
    expect((await home.run('models', 'verify')).stdout).toMatch(/base\.en +proven/);
  });

  it('ends right twice when two run at once', async () => {
    server.bytesASecond = 2_000_000;
    const both = await Promise.all([home.run(...PULL), home.run(...PULL)]);
    expect(both.map(({ code, stderr }) => [code, stderr.split('\n').length])).toEqual([
      [0, 2],
      [0, 2],
    ]);
    expect((await home.run('models', 'verify')).stdout).toMatch(/base\.en +proven/);
    expect(left().filter(name => /part|tag/.test(name))).toEqual([]);
  });

  it('stops at Ctrl-C with code 130 and keeps what came', async () => {
    server.bytesASecond = 20_000;
    const { child, ended } = home.start(PULL);
    const isUnderWay = (): boolean =>
      existsSync(modelsDir()) && left().some(name => name.startsWith('tokenizer.json.'));
    await until(isUnderWay);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Stopped.') });
    server.bytesASecond = 0;
    expect((await home.run(...PULL)).code).toBe(0);
  });

  it.each([
    ['wrong bytes', says(200, Buffer.alloc(filesOf(RANDOM_WHISPER).get(LARGEST)?.length ?? 0)), /sha256 differs/],
    ['a redirect to another host', says(302, '', { location: 'https://evil.example/' }), /on to evil\.example/],
    ['no such file', says(404), /does not have .*\(404\)/],
  ])('refuses %s with code 1, and the model is not there', async (_, mood, sentence) => {
    server.meets(LARGEST, mood, mood);
    const { code, stdout, stderr } = await home.run(...PULL);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(existsSync(join(modelsDir(), 'base.en', LARGEST))).toBe(false);
  });

  it('asks a mirror, by option or variable, and only over https', async () => {
    const strict = new Program({ hub: 'https://nowhere.invalid', hosts: ['nowhere.invalid', 'localhost'] });
    const other = new Home(strict.cli);
    try {
      expect((await other.run(...PULL, '--mirror', `${server.address}/`)).code).toBe(0);
      const env = { OFFRECORD_MIRROR: server.address };
      expect((await other.start([...PULL, 'tiny.en'], env).ended).code).toBe(0);
      const open = await other.run(...PULL, 'small.en', '--mirror', 'http://mirror.example');
      expect(open).toMatchObject({ code: 2, stderr: expect.stringContaining('no plain https address') });
    } finally {
      other.remove();
      strict.remove();
    }
  });

  it.each([
    [null, ''],
    ['me:secret', 'me:secret@'],
  ])('goes through the proxy of this computer (password %s)', async (password, login) => {
    const proxy = new ProxyServer(password);
    await proxy.start();
    const env = { HTTP_PROXY: `http://${login}${proxy.address}` };
    const { code, stderr } = await home.start(PULL, env).ended;
    expect([code, stderr.trim().split('\n').length]).toEqual([0, 1]);
    expect(new Set(proxy.tunnels.map(to => to.split(':')[0]))).toEqual(new Set(['127.0.0.1', 'localhost']));
    proxy.tunnels.length = 0;
    const around = { ...env, NO_PROXY: '127.0.0.1,localhost' };
    expect((await home.start([...PULL, 'tiny.en'], around).ended).code).toBe(0);
    expect(proxy.tunnels).toEqual([]);
    proxy.stop();
  });

  it('says what a proxy wants, and never prints its password', async () => {
    const proxy = new ProxyServer('me:secret');
    await proxy.start();
    const { code, stderr } = await home.start(PULL, { HTTP_PROXY: `http://me:wrong@${proxy.address}` }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /The proxy of this computer does not let it reach .* \(407\)\. It wants a name and password/,
    );
    expect(stderr).not.toMatch(/wrong|secret/);
    proxy.stop();
  });
});

const certificate = hasLoopback ? makeCertificate() : null;
afterAll(() => certificate?.remove());

describe.runIf(certificate)('models pull over https (left out without loopback or openssl)', () => {
  let server: HubServer;
  let program: Program;
  let home: Home;
  const trusted = (): NodeJS.ProcessEnv => ({ NODE_EXTRA_CA_CERTS: certificate?.file });

  beforeAll(async () => {
    server = new HubServer(filesOf(RANDOM_WHISPER), certificate ?? undefined);
    await server.start();
    program = new Program({ hub: server.address, hosts: server.hosts });
    home = new Home(program.cli);
  });
  afterAll(() => {
    server.stop();
    home.remove();
    program.remove();
  });

  it('asks nothing of a server whose certificate is not trusted', async () => {
    const { code, stderr } = await home.run(...PULL);
    expect(code).toBe(1);
    expect(stderr).toMatch(/The certificate of 127\.0\.0\.1:\d+ is not trusted \(\w+\), so nothing was asked/);
    expect(server.asked).toEqual([]);
  });

  it('goes through HTTPS_PROXY, which sees no more than the hosts', async () => {
    const proxy = new ProxyServer();
    await proxy.start();
    const env = { ...trusted(), HTTPS_PROXY: `http://${proxy.address}` };
    expect((await home.start(PULL, env).ended).code).toBe(0);
    expect(new Set(proxy.tunnels.map(to => to.split(':')[0]))).toEqual(new Set(['127.0.0.1', 'localhost']));
    proxy.stop();
  });

  it('says that the proxy may be wrong when it does not answer', async () => {
    const env = { ...trusted(), HTTPS_PROXY: 'http://127.0.0.1:9' };
    const { code, stderr } = await home.start([...PULL, 'tiny.en'], env).ended;
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/can’t be reached \(ECONNREFUSED\)\. .* is HTTPS_PROXY right\?/),
    ]);
  });
});

describe('describePull', () => {
  it.each([
    [{ done: 0, total: 80e6, fetched: 0 }, 1, '0 %, 0 of 80 MB'],
    [{ done: 40e6, total: 80e6, fetched: 40e6 }, 8, '50 %, 40 of 80 MB, 5.0 MB/s, about 8 s left'],
    [{ done: 60e6, total: 80e6, fetched: 20e6 }, 10, '75 %, 60 of 80 MB, 2.0 MB/s, about 10 s left'],
    [{ done: 80e6, total: 80e6, fetched: 80e6 }, 10, '100 %, 80 of 80 MB, 8.0 MB/s, about 1 s left'],
  ])('%j after %s s: %s', (progress, seconds, words) => {
    expect(describePull(progress, seconds)).toBe(words);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 20));
}
