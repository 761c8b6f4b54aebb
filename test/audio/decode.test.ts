import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode } from '../../samples/make/encode.js';
import { openAudio } from '../../src/audio/decode.js';
import { SAMPLE_RATE } from '../../src/audio/stream.js';
import { writeWav } from '../../src/audio/write-wav.js';
import { decodeAll } from '../decode-all.js';

const SECONDS = 3;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'offrecord-decode-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A tone that swells every half second, so that a shift in time shows. */
const tone = (hertz: number, seconds = SECONDS, rate = SAMPLE_RATE): Float32Array =>
  Float32Array.from(
    { length: seconds * rate },
    (_, i) => 0.5 * ((i / rate) % 0.5) * Math.sin((2 * Math.PI * hertz * i) / rate),
  );
const stereo = writeWav([tone(300), tone(700)], SAMPLE_RATE);

async function save(name: string, bytes: Uint8Array): Promise<string> {
  writeFileSync(join(dir, name), bytes);
  return join(dir, name);
}

/** A codec's delay may shift the sound by a few milliseconds. */
const MAX_SHIFT = 0.015 * SAMPLE_RATE;

/** Correlation of two signals at their best shift, 1 when they have the same shape. */
function likeness(a: Float32Array, b: Float32Array): number {
  const power = (x: Float32Array): number => x.reduce((sum, value) => sum + value * value, 0);
  const overlap = (shift: number): number => a.reduce((sum, value, i) => sum + value * (b[i + shift] ?? 0), 0);
  const shifts = Array.from({ length: 2 * MAX_SHIFT + 1 }, (_, i) => i - MAX_SHIFT);
  return Math.max(...shifts.map(overlap)) / Math.sqrt(power(a) * power(b));
}

describe('openAudio', () => {
  it.each(['.wav', '.mp3', '.m4a', '.ogg', '.opus', '.flac', '.webm', '.mp4', '.mkv', '.mov', '.aiff'])(
    'reads both sides of %s at their right time',
    async form => {
      const name = `call${form}`;
      const file = await save(name, form === '.wav' ? stereo : await encode(stereo, name));
      const { channels } = await decodeAll(file);
      expect(channels).toHaveLength(2);
      const [left, right] = channels as [Float32Array, Float32Array];
      expect(Math.abs(left.length / SAMPLE_RATE - SECONDS)).toBeLessThan(0.15);
      expect(likeness(left, tone(300))).toBeGreaterThan(0.9);
      expect(likeness(right, tone(700))).toBeGreaterThan(0.9);
      expect(Math.abs(likeness(left, right))).toBeLessThan(0.2);
    },
  );

  it('takes the length of a WAV file from its header, past other chunks, also where less of it is there', async () => {
    const wav = Buffer.from(stereo);
    const data = wav.indexOf('data');
    const note = Buffer.from('note\x03\0\0\0abc\0', 'latin1');
    const file = await save('half.wav', Buffer.concat([wav.subarray(0, data), note, wav.subarray(data, 100_000)]));
    expect((await openAudio(file)).announced).toBeCloseTo(SECONDS, 2);
  });

  it.each([0xffff_ffff, 0x7fff_ff00])(
    'takes the size %i of a WAV file that was written to a pipe for no size',
    async size => {
      const wav = Buffer.from(stereo);
      wav.writeUInt32LE(size, wav.indexOf('data') + 4);
      const { announced } = await openAudio(await save('piped.wav', wav));
      expect(announced).toBeCloseTo(SECONDS, 1);
    },
  );

  it.each([8000, 22050, 44100, 48000])('resamples %i Hz to 16 kHz', async rate => {
    const { channels } = await decodeAll(await save(`rate-${rate}.wav`, writeWav([tone(300, SECONDS, rate)], rate)));
    expect(channels).toHaveLength(1);
    expect(likeness(channels[0] as Float32Array, tone(300))).toBeGreaterThan(0.98);
  });

  it('mixes eight channels to one, and keeps the voice of each', async () => {
    const silent = new Float32Array(SECONDS * SAMPLE_RATE);
    const eight = Array.from({ length: 8 }, (_, i) => (i === 3 ? tone(300) : silent));
    const { channels } = await decodeAll(await save('eight.wav', writeWav(eight, SAMPLE_RATE)));
    expect(channels).toHaveLength(1);
    expect(likeness(channels[0] as Float32Array, tone(300))).toBeGreaterThan(0.98);
  });

  it('keeps the times of a track that starts late', async () => {
    const late = await encode(stereo, 'late.mkv', ['-af', 'asetpts=PTS+2/TB']);
    const { channels, announced } = await decodeAll(await save('late.mkv', late));
    const [left] = channels as [Float32Array];
    const first = left.findIndex(sample => Math.abs(sample) > 0.01);
    expect(Math.abs(first / SAMPLE_RATE - 2)).toBeLessThan(0.1);
    expect(announced).toBeCloseTo(SECONDS + 2, 0);
  });

  it('reads what is there of a file that was cut off, and knows how long it should be', async () => {
    const file = await save('cut.wav', stereo);
    truncateSync(file, Math.floor(stereo.length / 2));
    const { channels, announced } = await decodeAll(file);
    expect((channels[0]?.length ?? 0) / SAMPLE_RATE).toBeCloseTo(SECONDS / 2, 1);
    expect(announced).not.toBeNull();
  });

  it.each([
    ['text', 'talk.wav', new TextEncoder().encode('This is no recording at all.\n'.repeat(50))],
    ['random bytes', 'noise.mp4', Uint8Array.from({ length: 40_000 }, (_, i) => (i * i * 31 + i * 7) % 256)],
    ['the first bytes of a WAV', 'head.wav', stereo.slice(0, 30)],
  ])('refuses %s with one sentence', async (_, name, bytes) => {
    await expect(decodeAll(await save(name, bytes))).rejects.toThrow(
      new RegExp(`^${name} can’t be read as a recording`),
    );
  });

  it('refuses an MP4 whose index is cut off', async () => {
    const whole = await encode(stereo, 'whole.mp4');
    await expect(decodeAll(await save('half.mp4', whole.slice(0, whole.length / 2)))).rejects.toThrow(/can’t be read/);
  });

  it('refuses a video without sound', async () => {
    const film = await encode(stereo, 'film.mkv', ['-an', '-t', '1']);
    await expect(decodeAll(await save('film.mkv', film))).rejects.toThrow('film.mkv has no sound in it.');
  });

  it('stops at once when it is told to', async () => {
    const controller = new AbortController();
    const file = await save('long.wav', writeWav([tone(300, 120)], SAMPLE_RATE));
    const { chunks } = await openAudio(file, controller.signal);
    const reading = (async () => {
      for await (const _ of chunks) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'interrupted' });
  });

  it('leaves the source as it is', async () => {
    const file = await save('kept.wav', stereo);
    chmodSync(file, 0o400);
    const before = [readFileSync(file), statSync(file).mtimeMs];
    await decodeAll(file);
    expect([readFileSync(file), statSync(file).mtimeMs]).toEqual(before);
  });
});

describe('an hour', () => {
  it('is read without being held: memory stays flat although the reader is slow', () => {
    const seconds = 3600;
    const file = join(dir, 'hour.wav');
    writeFileSync(file, hourHeader(seconds));
    truncateSync(file, 44 + seconds * SAMPLE_RATE * 4);
    const script = `
      import { openAudio } from ${JSON.stringify(new URL('../../dist/audio/decode.js', import.meta.url).href)};
      const { chunks } = await openAudio(${JSON.stringify(file)});
      let samples = 0, peak = 0;
      for await (const chunk of chunks) {
        samples += chunk.length;
        await new Promise(resolve => setTimeout(resolve, 2));
        peak = Math.max(peak, process.memoryUsage.rss());
      }
      console.log(JSON.stringify({ samples, megabytes: peak / 2 ** 20 }));`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    const { samples, megabytes } = JSON.parse(out) as { samples: number; megabytes: number };
    expect(samples).toBe(2 * SAMPLE_RATE * seconds);
    // Held whole, the samples alone would be 460 MB. Not `maxRSS`: it begins at what the parent, this test's process, held.
    expect(megabytes).toBeLessThan(400);
  }, 120_000);
});

/** The first bytes of a stereo WAV file; the samples behind them are a hole in the file, read as silence. */
function hourHeader(seconds: number): Uint8Array {
  const header = Buffer.from(writeWav([new Float32Array(0), new Float32Array(0)], SAMPLE_RATE).slice(0, 44));
  const bytes = seconds * SAMPLE_RATE * 4;
  header.writeUInt32LE(36 + bytes, 4);
  header.writeUInt32LE(bytes, 40);
  return header;
}
