/** Samples a second everywhere in the program: what Silero and Whisper take. */
export const SAMPLE_RATE = 16000;

/** An audio file being read. */
export interface AudioStream {
  /** Channels in the file's first audio track. */
  channels: number;
  /** Audio tracks in the file; only the first is read. */
  tracks: number;
  /** Seconds that the file's header claims, null where it claims nothing. */
  announced: number | null;
  /** Interleaved 16 kHz samples, -1 to 1. Reading is lazy: a slow reader holds the decoder back. */
  chunks: AsyncIterable<Float32Array>;
}

/** Why a decoder could not read a file, in the decoder's own words. */
export class DecodeError extends Error {
  override name = 'DecodeError';

  constructor(
    readonly reason: 'no-audio' | 'unreadable',
    message: string,
  ) {
    super(message);
  }
}

/** Little-endian float bytes → samples; bytes of a sample that is not complete yet are carried over. */
export function toSamples(
  carry: Uint8Array,
  bytes: Uint8Array,
): { samples: Float32Array<ArrayBuffer>; left: Uint8Array<ArrayBuffer> } {
  const all = new Uint8Array(carry.length + bytes.length);
  all.set(carry);
  all.set(bytes, carry.length);
  const whole = all.length - (all.length % 4);
  return { samples: new Float32Array(all.buffer, 0, whole / 4), left: all.slice(whole) };
}
