import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode } from '../../samples/make/encode.js';
import { writeWav } from '../../src/audio/write-wav.js';
import { CLI, Home } from '../cli.js';

const RATE = 16000;
let home: Home;
const put = (name: string, bytes: Uint8Array | string): void => writeFileSync(join(home.dir, name), bytes);

beforeAll(async () => {
  home = new Home();
  const quiet = writeWav([new Float32Array(3 * RATE)], RATE);
  const tone = writeWav(
    [Float32Array.from({ length: 5 * RATE }, (_, i) => 0.3 * Math.sin((i * 2 * Math.PI * 440) / RATE))],
    RATE,
  );
  put('empty.wav', '');
  put('text.wav', 'Only words in here.\n'.repeat(20));
  put('silence.wav', quiet);
  put('tone.wav', tone);
  put(
    'eight.wav',
    writeWav(
      Array.from({ length: 8 }, () => new Float32Array(RATE)),
      RATE,
    ),
  );
  const movie = await encode(tone, 'movie.mp4');
  put('truncated.mp4', movie.slice(0, movie.length / 2));
  put('mute.mkv', await encode(tone, 'mute.mkv', ['-an', '-t', '1']));
  put('empty.vtt', 'WEBVTT\n\n');
  put('secret.wav', tone);
  mkdirSync(join(home.dir, 'folder'));
});
afterAll(() => home.remove());

describe('analyze says in one sentence what is wrong with', () => {
  it.each([
    ['an empty file', 'empty.wav', /^offrecord: empty\.wav is empty \(0 bytes\)\. Was the recording saved\?\n$/],
    ['text renamed .wav', 'text.wav', /^offrecord: text\.wav can’t be read as a recording/],
    ['a truncated MP4', 'truncated.mp4', /^offrecord: truncated\.mp4 can’t be read as a recording/],
    ['a video without sound', 'mute.mkv', /^offrecord: mute\.mkv has no sound in it\.\n$/],
    ['silence', 'silence.wav', /^offrecord: No speech was found in silence\.wav \(0:03 long\)/],
    ['a tone', 'tone.wav', /^offrecord: No speech was found in tone\.wav/],
    ['eight silent channels', 'eight.wav', /^offrecord: No speech was found in eight\.wav/],
    ['a folder', 'folder', /^offrecord: folder is a folder\. Use `offrecord batch` for a folder\.\n$/],
    ['no such file', 'nowhere.wav', /^offrecord: There is no file nowhere\.wav\. Check the name\.\n$/],
    ['a transcript without words', 'empty.vtt', /^offrecord: empty\.vtt/],
    ['an escape sequence in a name', 'a\u001b[31mb.wav', /^offrecord: There is no file ab\.wav\. Check the name\.\n$/],
  ])('%s', async (_, file, sentence) => {
    const { code, stdout, stderr } = await home.run('analyze', file, '--model', 'nano');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a file that may not be read', async () => {
    chmodSync(join(home.dir, 'secret.wav'), 0);
    const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    chmodSync(home.dir, 0o755);
    const done = spawnSync(process.execPath, [CLI, 'analyze', join(home.dir, 'secret.wav')], {
      env: home.env,
      ...asNobody,
    });
    expect(done.status).toBe(1);
    expect(done.stderr.toString()).toMatch(
      /^offrecord: You have no permission to read .*secret\.wav\. Check the file’s permissions\.\n$/,
    );
  });

  it('and leaves nothing behind', () => {
    expect(existsSync(join(home.dir, 'data'))).toBe(false);
    expect(existsSync(join(home.dir, 'config'))).toBe(false);
    expect(readdirSync(home.dir).filter(name => !/\.(wav|mp4|mkv|vtt)$|^folder$/.test(name))).toEqual([]);
    expect(readFileSync(join(home.dir, 'silence.wav')).length).toBeGreaterThan(RATE);
  });
});

describe('wrong usage', () => {
  it.each([
    ['no file', ['analyze']],
    ['an unknown command', ['analyse', 'x.wav']],
    ['an unknown option', ['analyze', 'silence.wav', '--upload']],
    ['speakers that are none', ['analyze', 'silence.wav', '--speakers', 'left=boss']],
    ['a day that is none', ['analyze', 'silence.wav', '--date', '2026-02-31']],
    ['an unknown model', ['analyze', 'silence.wav', '--model', 'huge']],
    ['a purge of nothing', ['purge']],
    ['JSON of several files', ['analyze', 'silence.wav', 'tone.wav', '--json']],
  ])('%s: exit code 2', async (_, args) => {
    const { code, stdout, stderr } = await home.run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/\bat .*\.js:\d/);
    expect(stderr.length).toBeGreaterThan(10);
  });

  it('a model that is not installed: exit code 4, with the command that gets it', async () => {
    put('speech.wav', readFileSync(new URL('../../samples/recording-request.stereo.wav', import.meta.url)));
    const { code, stderr } = await home.run('analyze', 'speech.wav', '--model', 'base.en', '--no-save');
    expect(code).toBe(4);
    expect(stderr).toBe(
      'offrecord: The model “base.en” is not on this computer. Get it with: offrecord models pull base.en\n',
    );
  });
});
