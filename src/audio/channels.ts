/** Most channels that are kept apart: one speaker a side. Files with more are mixed to one. */
export const MAX_CHANNELS = 2;

/** Interleaved samples → one array a channel; more than `MAX_CHANNELS` become one. */
export function splitChannels(samples: Float32Array, channels: number): Float32Array[] {
  const split = deinterleave(samples, channels);
  return channels > MAX_CHANNELS ? [mixDown(split)] : split;
}

/** Mean of the channels. Channels silent throughout the block are left out, so that one voice among eight tracks stays loud. */
export function mixDown(channels: Float32Array[]): Float32Array {
  const audible = channels.filter(samples => samples.some(sample => sample !== 0));
  const [first, ...others] = audible.length > 0 ? audible : channels.slice(0, 1);
  if (!first || others.length === 0) return first ?? new Float32Array(0);
  const mixed = Float32Array.from(first);
  for (const other of others) for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] ?? 0) + (other[i] ?? 0);
  for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] ?? 0) / audible.length;
  return mixed;
}

/** Whether two channels carry the same samples, as in a mono recording saved as stereo. */
export function sameSamples(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((sample, i) => Math.abs(sample - (b[i] ?? 0)) < 1e-6);
}

function deinterleave(samples: Float32Array, channels: number): Float32Array[] {
  if (channels === 1) return [samples];
  const length = Math.floor(samples.length / channels);
  return Array.from({ length: channels }, (_, channel) => {
    const out = new Float32Array(length);
    for (let i = 0; i < length; i++) out[i] = samples[i * channels + channel] ?? 0;
    return out;
  });
}
