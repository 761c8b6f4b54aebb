import { extname } from 'node:path';
import { OffRecordError } from '../errors.js';
import { splitChannels } from './channels.js';
import { openAudio } from './decode.js';
import { SAMPLE_RATE } from './stream.js';
import { writeWav } from './write-wav.js';

/**
 * Cuts a piece of a recording out, as a WAV file.
 * @throws OffRecordError `failed` where the recording has no sound at this time
 */
export async function cutClip(file: string, from: number, to: number, signal?: AbortSignal): Promise<Uint8Array> {
  if (/^\.(vtt|srt|txt|json)$/i.test(extname(file)))
    throw new OffRecordError('failed', 'This call was read from a transcript, so there is no sound to save.');
  const audio = await openAudio(file, signal);
  const kept: Float32Array[] = [];
  let at = 0;
  for await (const chunk of audio.chunks) {
    const [begin, end] = [from, to].map(seconds => Math.round(seconds * SAMPLE_RATE) * audio.channels - at);
    if ((begin ?? 0) < chunk.length && (end ?? 0) > 0) kept.push(chunk.slice(Math.max(0, begin ?? 0), end));
    at += chunk.length;
    if ((end ?? 0) <= chunk.length) break;
  }
  const samples = joined(kept);
  if (samples.length === 0) throw new OffRecordError('failed', 'The recording has no sound at this time.');
  return writeWav(splitChannels(samples, audio.channels), SAMPLE_RATE);
}

function joined(chunks: Float32Array[]): Float32Array {
  const all = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
