import { splitChannels } from '../src/audio/channels.js';
import { openAudio } from '../src/audio/decode.js';
import type { AudioStream } from '../src/audio/stream.js';

/** A whole recording in memory: what tests compare. */
export interface Decoded extends Omit<AudioStream, 'chunks' | 'channels'> {
  /** 16 kHz samples of each channel. */
  channels: Float32Array[];
}

/** Reads a file to its end. */
export async function decodeAll(file: string): Promise<Decoded> {
  const { chunks, channels, announced, tracks } = await openAudio(file);
  const parts: Float32Array[][] = [];
  for await (const chunk of chunks) parts.push(splitChannels(chunk, channels));
  return {
    channels: (parts[0] ?? []).map((_, channel) => concat(parts.map(part => part[channel]))),
    announced,
    tracks,
  };
}

function concat(parts: (Float32Array | undefined)[]): Float32Array {
  const known = parts.filter(part => part !== undefined);
  const whole = new Float32Array(known.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of known) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
