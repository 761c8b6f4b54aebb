import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hub, Proxies } from '../../src/models/hub.js';
import { findModel, type Model, modelBytes } from '../../src/models/manifest.js';
import { type PullProgress, pullModel } from '../../src/models/pull.js';
import { checkModel } from '../../src/models/verify.js';
import { hasLoopback } from '../loopback.js';
import { cutAfter, HubServer, type Mood, says, send } from './hub-server.js';
import { inventedModel } from './invented.js';

const LARGE = 'onnx/model.onnx';
const BYTES = 300_000;
const NO_PROXIES: Proxies = { http: '', https: '', except: '' };
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize ${BYTES}\n`;
const PAGE = '<!DOCTYPE html><html><title>Free Wi-Fi</title></html>';

const contents = (): Map<string, Buffer> =>
  new Map([
    ['config.json', Buffer.from('{"a": 1}')],
    [LARGE, Buffer.from(Uint8Array.from({ length: BYTES }, (_, i) => (i * 7) % 251))],
  ]);
const model = inventedModel(contents());

let server: HubServer;
let dir: string;
beforeEach(async () => {
  dir = join(mkdtempSync(join(tmpdir(), 'offrecord-pull-')), 'tiny.en');
  server = new HubServer(contents());
  if (hasLoopback) await server.start();
});
afterEach(() => {
  server.stop();
  rmSync(dirname(dir), { recursive: true, force: true });
});

const hub = (): Hub => ({ address: server.address, hosts: server.hosts });
const seen: PullProgress[] = [];
const pull = (other: Partial<Parameters<typeof pullModel>[1]> = {}, what: Model = model): Promise<void> => {
  seen.length = 0;
  return pullModel(what, {
    ...{ hub: hub(), proxies: NO_PROXIES, dir, pauseMs: 1, onProgress: step => seen.push(step) },
    ...other,
  });
};
const left = (): string[] => (existsSync(dir) ? readdirSync(dir, { recursive: true }).map(String).sort() : []);

describe.runIf(hasLoopback)('pullModel (left out where there is no loopback)', () => {
  it('puts every file in its place, from the pinned revision, through the redirects', async () => {
    await pull();
    expect(await checkModel(model, dir)).toEqual([]);
    expect(left()).toEqual(['config.json', 'onnx', join('onnx', 'model.onnx')]);
    expect(statSync(join(dir, LARGE)).mode & 0o777).toBe(0o600);
    expect(server.asked.map(({ server, path }) => [server, path])).toEqual([
      ['hub', 'config.json'],
      ['hub', LARGE],
      ['cdn', LARGE],
    ]);
    expect(seen.at(-1)).toEqual({ done: modelBytes(model), total: modelBytes(model), fetched: modelBytes(model) });
  });

  it('asks only for what is missing or wrong', async () => {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'config.json'), contents().get('config.json') as Buffer);
    await pull();
    expect(server.asked.map(({ path }) => path)).toEqual([LARGE, LARGE]);
    expect(seen.at(-1)?.fetched).toBe(BYTES);
    server.asked.length = 0;
    writeFileSync(join(dir, 'config.json'), '{"b": 2}');
    await pull();
    expect(server.fetched('config.json')).toHaveLength(1);
    expect(await checkModel(model, dir)).toEqual([]);
  });

  it.each<[what: string, mood: Mood, sentence: RegExp]>([
    [
      'other bytes of the same length',
      says(200, Buffer.alloc(BYTES, 8)),
      /is not the file that was pinned \(its sha256/,
    ],
    ['a file that is shorter', says(200, Buffer.alloc(1000, 7)), /has 1000 bytes, not the 300000 that were pinned/],
    ['a file that is longer', says(200, Buffer.alloc(BYTES + 1, 7)), /has 300001 bytes, not the 300000/],
    ['nothing at all', says(200, '', { 'content-length': '0' }), /has 0 bytes, not the 300000/],
    ['a file without end', response => response.writeHead(200).end(Buffer.alloc(BYTES + 1, 7)), /has more bytes, not/],
    ['an LFS pointer', says(200, POINTER), /sent a Git LFS pointer in place of onnx\/model\.onnx.*another mirror/],
    ['a web page', says(200, PAGE), /sent a web page in place of onnx\/model\.onnx\..*log in first/],
    ['a page by its type', says(200, 'Welcome', { 'content-type': 'text/html; charset=utf-8' }), /sent a web page/],
    ['404', says(404, 'no'), /does not have onnx\/model\.onnx \(404\)/],
    ['403', says(403, 'no'), /does not let this computer have onnx\/model\.onnx \(403\)/],
    ['a status of its own', says(418), /answered 418 when asked for onnx\/model\.onnx/],
    ['429 for an hour', says(429, '', { 'retry-after': '3600' }), /too many at once \(429\)\. Try again in 60 min/],
    [
      'a redirect elsewhere',
      says(302, '', { location: 'https://evil.example/x?token=1' }),
      /on to evil\.example, which is not on/,
    ],
    ['a redirect without https', says(302, '', { location: 'http://huggingface.co/x' }), /which is not https/],
    ['a redirect to a file', says(302, '', { location: 'file:///etc/passwd' }), /which is not https/],
    ['a redirect to itself', says(302, '', { location: '?again' }), /without an end/],
  ])('refuses %s at once with a sentence of its own, and leaves nothing of it', async (_, mood, sentence) => {
    server.meets(LARGE, ...Array(10).fill(mood));
    const error = await pull().catch((caught: Error) => caught);
    expect(error).toMatchObject({ kind: 'failed', message: expect.stringMatching(sentence) });
    expect(String(error)).not.toMatch(/signature|token/);
    expect(left()).toEqual(['config.json', 'onnx']);
    expect(server.fetched(LARGE).length).toBeLessThanOrEqual(6);
  });

  it.each<[what: string, moods: Mood[]]>([
    ['500', [says(500), says(503), says(502)]],
    ['429 with a moment to wait', [says(429, '', { 'retry-after': '0' }), says(429)]],
    ['429 until a time', [says(429, '', { 'retry-after': new Date(0).toUTCString() })]],
    ['a connection that breaks before an answer', [response => response.destroy()]],
  ])('goes on after %s', async (_, moods) => {
    server.meets(LARGE, ...moods);
    await pull();
    expect(await checkModel(model, dir)).toEqual([]);
    expect(server.fetched(LARGE)).toHaveLength(moods.length + 1);
  });

  it('gives up after five answers of 500 in a row', async () => {
    server.meets(LARGE, ...Array(9).fill(says(500)));
    await expect(pull()).rejects.toThrow(/is in trouble \(500\)\. Try again later/);
    expect(server.fetched(LARGE)).toHaveLength(5);
  });

  it('goes on where a connection was cut off, however often, as long as something arrives', async () => {
    server.meets(LARGE, ...Array(8).fill(cutAfter(30_000)));
    await pull();
    expect(await checkModel(model, dir)).toEqual([]);
    const [first, second] = server.fetched(LARGE);
    expect(first?.range).toBeUndefined();
    expect(second).toMatchObject({ range: 'bytes=30000-', ifRange: expect.stringMatching(/^".+"$/) });
    expect(server.fetched(LARGE)).toHaveLength(9);
    expect(seen.at(-1)?.fetched).toBe(modelBytes(model));
  });

  it('keeps what has arrived when it gives up, and the next pull goes on from there', async () => {
    server.meets(LARGE, cutAfter(100_000), ...Array(9).fill(cutAfter(0)));
    await expect(pull()).rejects.toThrow(/ended 5 times in a row.*\(100000 of 300000 bytes\).*goes on from there/);
    expect(left().filter(name => name.endsWith('.part'))).toHaveLength(1);
    server.asked.length = 0;
    server.meets(LARGE);
    await pull();
    expect(server.fetched(LARGE)).toMatchObject([{ range: 'bytes=100000-' }]);
    expect(seen.at(-1)).toEqual({ done: modelBytes(model), total: modelBytes(model), fetched: BYTES - 100_000 });
    expect(left()).toEqual(['config.json', 'onnx', join('onnx', 'model.onnx')]);
  });

  it('begins anew when the file has changed on the server since', async () => {
    const old = Buffer.alloc(BYTES, 9);
    const early = (response: Parameters<Mood>[0], _: Buffer, request: Parameters<Mood>[2]): void =>
      cutAfter(50_000)(response, old, request);
    server.meets(LARGE, early);
    await pull();
    expect(server.fetched(LARGE)[1]).toMatchObject({ range: 'bytes=50000-', ifRange: expect.any(String) });
    expect(await checkModel(model, dir)).toEqual([]);
  });

  it('hashes a resumed file whole: a wrong beginning is thrown away and all is fetched again', async () => {
    mkdirSync(join(dir, 'onnx'), { recursive: true });
    // Left by a process that is gone, without a tag, and not what the server has.
    writeFileSync(join(dir, `${LARGE}.999999999-0.part`), Buffer.alloc(200_000, 1));
    await pull();
    expect(server.fetched(LARGE).map(({ range }) => range)).toEqual(['bytes=200000-', undefined]);
    expect(await checkModel(model, dir)).toEqual([]);
    expect(left()).toEqual(['config.json', 'onnx', join('onnx', 'model.onnx')]);
  });

  it.each([
    ['a server that knows no ranges', (response, file) => response.writeHead(200).end(file)],
    ['a server that finds the range wrong', says(416)],
    [
      'a part of another place',
      (response, file) => response.writeHead(206, { 'content-range': `bytes 0-9/${BYTES}` }).end(file),
    ],
  ] as [string, Mood][])('comes to the right file with %s', async (what, mood) => {
    server.meets(LARGE, cutAfter(40_000), mood);
    if (what.startsWith('a part')) await expect(pull()).rejects.toThrow(/answered 206/);
    else {
      await pull();
      expect(await checkModel(model, dir)).toEqual([]);
    }
  });

  it('stops at once when it is told to, keeps what came, and goes on later', async () => {
    const controller = new AbortController();
    server.bytesASecond = 400_000;
    const stopped = pull({
      signal: controller.signal,
      onProgress: ({ fetched }) => fetched > 60_000 && controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ kind: 'interrupted' });
    server.bytesASecond = 0;
    await pull();
    expect(server.fetched(LARGE).at(-1)?.range).toMatch(/^bytes=[1-9]\d+-$/);
    expect(await checkModel(model, dir)).toEqual([]);
  });

  it('is right twice when two pulls run at once', async () => {
    server.bytesASecond = 1_000_000;
    await Promise.all([pull(), pull(), pull()]);
    expect(await checkModel(model, dir)).toEqual([]);
    expect(left()).toEqual(['config.json', 'onnx', join('onnx', 'model.onnx')]);
  });

  it('checks the room on the disk before it asks for anything', async () => {
    const huge = { ...model, files: model.files.map(file => ({ ...file, bytes: 2 ** 50 })) };
    await expect(pull({}, huge)).rejects.toThrow(/MB free, and \d+ MB are needed\. Nothing was fetched\. Make room/);
    expect(server.asked).toEqual([]);
  });

  it('says so at once when nobody answers', async () => {
    const nobody = { address: 'http://127.0.0.1:9', hosts: ['127.0.0.1'] };
    await expect(pull({ hub: nobody, pauseMs: 1e9 })).rejects.toThrow(
      /127\.0\.0\.1:9 can’t be reached \(ECONNREFUSED\)\. Is this computer online\? .*models add/,
    );
  });

  it('asks for nothing that the hub’s own list does not name', async () => {
    const strict = { address: server.address, hosts: ['127.0.0.1'] };
    await expect(pull({ hub: strict })).rejects.toThrow(/on to localhost:\d+, which is not on the list/);
    expect(server.asked.map(({ server }) => server)).not.toContain('cdn');
  });

  it('gives a slow answer its time', async () => {
    server.meets(LARGE, (response, file, request) => setTimeout(() => send(response, file, request), 300));
    await pull();
    expect(await checkModel(model, dir)).toEqual([]);
  });
});

it('refuses to pull what ships', async () => {
  const options = { hub: { address: 'https://huggingface.co', hosts: [] }, proxies: NO_PROXIES };
  await expect(pullModel(findModel('whisper', 'nano'), options)).rejects.toMatchObject({ kind: 'usage' });
});
