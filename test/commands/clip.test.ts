import { cpSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import wavefile from 'wavefile';
import type { Flag } from '../../src/types.js';
import { Home, SAMPLES } from '../cli.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

describe('clip', () => {
  it('saves the moment of a flag with two seconds around it, and a purge deletes it', async () => {
    const recording = join(home.dir, 'call.wav');
    cpSync(join(SAMPLES, 'recording-request.stereo.wav'), recording);
    const analyzed = await home.run('analyze', recording, '--json', '--model', 'nano');
    const { call, flags } = JSON.parse(analyzed.stdout);
    const [flag] = flags as (Flag & { start: number; end: number })[];
    const clip = join(home.dir, 'moment.wav');
    const saved = await home.run('clip', call.id, String(flag?.id), '-o', clip);
    expect(saved).toMatchObject({ code: 0 });
    expect(statSync(clip).mode & 0o777).toBe(0o600);
    const { fmt, data } = new wavefile.WaveFile(readFileSync(clip)) as unknown as {
      fmt: { sampleRate: number; numChannels: number };
      data: { samples: Uint8Array };
    };
    expect(fmt).toMatchObject({ sampleRate: 16000, numChannels: 2 });
    const seconds = data.samples.length / 2 / fmt.numChannels / fmt.sampleRate;
    const { start = 0, end = 0 } = flag ?? {};
    expect(seconds).toBeCloseTo(Math.min(call.duration, end + 2) - Math.max(0, start - 2), 1);
    expect((await home.run('clip', call.id, String(flag?.id), '-o', clip)).stderr).toContain('is there already');
    await home.run('purge', call.id, '--yes');
    expect(existsSync(clip)).toBe(false);
    expect(existsSync(recording)).toBe(true);
  });

  it.each<[what: string, file: string, prepare: (path: string) => void, sentence: RegExp]>([
    ['a transcript', 'agency-screen.vtt', () => {}, /read from a transcript/],
    [
      'a recording that was moved away',
      'recording-request.stereo.wav',
      path => rmSync(path),
      /not at .*call\.wav any more/,
    ],
  ])('says why not for %s', async (_, sample, prepare, sentence) => {
    const path = join(home.dir, `call${sample.slice(-4)}`);
    cpSync(join(SAMPLES, sample), path);
    const { call, flags } = JSON.parse((await home.run('analyze', path, '--json', '--model', 'nano')).stdout);
    prepare(path);
    const ended = await home.run('clip', call.id, String(flags[0].id), '-o', 'moment.wav');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(sentence);
  });
});
