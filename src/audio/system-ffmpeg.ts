import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import ffmpeg from 'fluent-ffmpeg';
import { interrupted } from '../errors.js';
import { type AudioStream, DecodeError, SAMPLE_RATE, toSamples } from './stream.js';

/** Channels that the system's FFmpeg is told to give: a mono file comes as two equal channels, which are folded later. */
const CHANNELS = 2;

/** Whether an `ffmpeg` that starts is on the PATH. Asked before fluent-ffmpeg, which crashes uncaught on a bad binary path. */
export function hasSystemFfmpeg(): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn('ffmpeg', ['-version'], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', code => resolve(code === 0));
  });
}

/**
 * Decodes with the computer's own FFmpeg, driven by fluent-ffmpeg.
 * @throws DecodeError when it gives no sample
 */
export async function decodeWithSystemFfmpeg(file: string, signal?: AbortSignal): Promise<AudioStream> {
  const output = new PassThrough({ highWaterMark: 1 << 20 });
  const command = ffmpeg(`file:${file}`)
    .setFfmpegPath('ffmpeg')
    // A playlist posing as a recording could name web addresses: only files may be opened.
    .inputOptions('-protocol_whitelist', 'file,pipe')
    .outputOptions('-map', '0:a:0', '-vn', '-sn', '-dn', '-af', 'aresample=async=1:first_pts=0')
    .audioFrequency(SAMPLE_RATE)
    .audioChannels(CHANNELS)
    .audioCodec('pcm_f32le')
    .format('f32le')
    .on('error', error => output.destroy(new DecodeError('unreadable', error.message)));
  signal?.addEventListener('abort', () => output.destroy(interrupted()), { once: true });
  output.on('close', () => command.kill('SIGKILL'));
  command.pipe(output, { end: true });
  const chunks = readStream(output);
  const first = await chunks.next();
  if (first.done) throw new DecodeError('unreadable', 'ffmpeg gave no sound');
  return { channels: CHANNELS, tracks: 1, announced: null, chunks: withFirst(first.value, chunks) };
}

async function* readStream(output: PassThrough): AsyncGenerator<Float32Array, undefined, undefined> {
  let carry = new Uint8Array(0);
  for await (const bytes of output as AsyncIterable<Buffer>) {
    const { samples, left } = toSamples(carry, bytes);
    carry = left;
    if (samples.length > 0) yield samples;
  }
}

async function* withFirst<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T, undefined, undefined> {
  yield first;
  yield* rest;
}
