import { closeSync, openSync, readSync } from 'node:fs';

const HEADER = 12;
const CHUNK_HEADER = 8;
/** A recorder that does not know how long it will run writes sizes about here or above. */
const PLACEHOLDER = 0x7fff_0000;

/**
 * Seconds of sound that the header of a WAV file promises, also where the file ends before; null where it says nothing, or for another format.
 * FFmpeg tells only what is there, so half of a copied call would look whole.
 * Source: RIFF WAVE, chunks of a four-letter name, a little-endian 32-bit size, and as many bytes, padded to an even count.
 */
export function wavSeconds(file: string): number | null {
  const fd = openSync(file, 'r');
  try {
    return promised(position => {
      const bytes = Buffer.alloc(32);
      return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, position));
    });
  } finally {
    closeSync(fd);
  }
}

function promised(read: (position: number) => Buffer): number | null {
  const start = read(0);
  if (start.toString('latin1', 0, 4) !== 'RIFF' || start.toString('latin1', 8, HEADER) !== 'WAVE') return null;
  let bytesPerSecond = 0;
  for (let position = HEADER; ; ) {
    const chunk = read(position);
    if (chunk.length < CHUNK_HEADER) return null;
    const name = chunk.toString('latin1', 0, 4);
    const size = chunk.readUInt32LE(4);
    if (name === 'fmt ' && chunk.length >= 20) bytesPerSecond = chunk.readUInt32LE(16);
    if (name === 'data') return bytesPerSecond > 0 && size < PLACEHOLDER ? size / bytesPerSecond : null;
    position += CHUNK_HEADER + size + (size % 2);
  }
}
