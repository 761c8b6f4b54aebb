/** The log-mel value of silence before scaling reaches it: log10 of the smallest power, scaled as Whisper does. */
const SILENCE = (-10 + 4) / 4;
/** Loudest minus quietest value that Whisper’s scaling keeps. */
const RANGE = 2;

/**
 * Fills the log-mel features of a short sound up to a whole window with those of silence, which are one value throughout.
 * @param features `bands` rows of equal length, row after row
 * @returns `bands` rows of `frames` values
 */
export function padFeatures(features: Float32Array, bands: number, frames: number): Float32Array {
  const known = features.length / bands;
  const loudest = features.reduce((most, value) => Math.max(most, value), SILENCE);
  const padded = new Float32Array(bands * frames).fill(Math.max(SILENCE, loudest - RANGE));
  for (let band = 0; band < bands; band++) {
    padded.set(features.subarray(band * known, (band + 1) * known), band * frames);
  }
  return padded;
}
