import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeWithSystemFfmpeg, hasSystemFfmpeg } from '../../src/audio/system-ffmpeg.js';
import { writeWav } from '../../src/audio/write-wav.js';
import { Home } from '../cli.js';

const RATE = 16000;
const isThere = await hasSystemFfmpeg();
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'offrecord-system-'));
  writeFileSync(join(dir, 'call.wav'), writeWav([new Float32Array(2 * RATE).fill(0.25)], RATE));
  writeFileSync(join(dir, 'text.wav'), 'no recording');
});
afterAll(() => rmSync(dir, { recursive: true }));

describe.runIf(isThere)('decodeWithSystemFfmpeg', () => {
  it('gives the samples of a mono file as two equal channels', async () => {
    const { channels, chunks } = await decodeWithSystemFfmpeg(join(dir, 'call.wav'));
    expect(channels).toBe(2);
    let samples = 0;
    for await (const chunk of chunks) {
      samples += chunk.length;
      expect(chunk.every((value, i) => i % 2 === 0 || value === chunk[i - 1])).toBe(true);
    }
    expect(samples).toBe(2 * 2 * RATE);
  });

  it.each([
    ['text', () => 'text.wav', 'no recording'],
    ['a playlist that names a web address', () => 'list.m3u8', '#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n'],
  ])('refuses %s', async (_, name, content) => {
    writeFileSync(join(dir, name()), content);
    await expect(decodeWithSystemFfmpeg(join(dir, name()))).rejects.toMatchObject({ name: 'DecodeError' });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    writeFileSync(join(dir, 'long.wav'), writeWav([new Float32Array(600 * RATE)], RATE));
    const { chunks } = await decodeWithSystemFfmpeg(join(dir, 'long.wav'), controller.signal);
    const reading = (async () => {
      for await (const _ of chunks) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'interrupted' });
  });
});

describe('a playlist posing as a recording', () => {
  it('is not followed', async () => {
    const home = new Home();
    writeFileSync(join(home.dir, 'list.mp3'), '#EXTM3U\n#EXTINF:1,\ncall.wav\n');
    writeFileSync(join(home.dir, 'call.wav'), writeWav([new Float32Array(RATE)], RATE));
    const { code, stderr } = await home.run('analyze', 'list.mp3', '--model', 'nano');
    home.remove();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^offrecord: list\.mp3 can’t be read as a recording.*It holds text\./);
  });
});

describe('an ffmpeg on the PATH that does not work', () => {
  it('never brings the program down', async () => {
    const home = new Home();
    writeFileSync(join(home.dir, 'ffmpeg'), '#!/nowhere/at/all\n');
    chmodSync(join(home.dir, 'ffmpeg'), 0o755);
    writeFileSync(join(home.dir, 'bad.wav'), Buffer.alloc(2000, 1));
    const env = { PATH: home.dir, FFMPEG_PATH: '/nowhere/ffmpeg' };
    const { code, stderr } = await home.start(['analyze', 'bad.wav', '--model', 'nano'], env).ended;
    home.remove();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^offrecord: bad\.wav can’t be read as a recording.*Installing ffmpeg may help/);
  });
});
