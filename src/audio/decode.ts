import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { OffRecordError } from '../errors.js';
import { type AudioStream, DecodeError } from './stream.js';
import { decodeWithSystemFfmpeg, hasSystemFfmpeg } from './system-ffmpeg.js';
import { decodeWithWasm } from './wasm-ffmpeg.js';
import { wavSeconds } from './wav-length.js';

/**
 * Opens a recording (any container and codec that FFmpeg reads) as a stream of samples. The file is only read.
 * The built-in WASM FFmpeg comes first; when it can't read the file, an `ffmpeg` on the PATH is tried.
 * @throws OffRecordError `failed` when neither can read it, or when it has no sound
 */
export async function openAudio(file: string, signal?: AbortSignal): Promise<AudioStream> {
  try {
    return explained(file, await decodeWithWasm(file, signal));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    if (error.reason === 'no-audio') throw new OffRecordError('failed', `${basename(file)} has no sound in it.`);
    // A playlist is text that names other files: no other decoder gets to follow it.
    if (await isText(file)) throw unreadable(file, error, 'It holds text.');
    if (!(await hasSystemFfmpeg())) throw unreadable(file, error, 'Installing ffmpeg may help with a rare format.');
  }
  try {
    return explained(file, await decodeWithSystemFfmpeg(file, signal));
  } catch (error) {
    if (error instanceof DecodeError)
      throw unreadable(file, error, 'The ffmpeg of this computer can’t read it either.');
    throw error;
  }
}

/** A decoder that fails in the middle gives the same sentence as one that fails at once; a WAV file lasts as long as it says. */
function explained(file: string, audio: AudioStream): AudioStream {
  const chunks = async function* (): AsyncGenerator<Float32Array> {
    try {
      yield* audio.chunks;
    } catch (error) {
      if (error instanceof DecodeError) throw unreadable(file, error, 'It ended in the middle.');
      throw error;
    }
  };
  return { ...audio, announced: wavSeconds(file) ?? audio.announced, chunks: chunks() };
}

async function isText(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    return buffer.subarray(0, bytesRead).every(byte => byte > 31 || (byte >= 9 && byte <= 13));
  } finally {
    await handle.close();
  }
}

function unreadable(file: string, cause: DecodeError, hint: string): OffRecordError {
  const sentence = `${basename(file)} can’t be read as a recording: the file is damaged, cut off, or not audio. ${hint}`;
  return new OffRecordError('failed', sentence, { cause });
}
