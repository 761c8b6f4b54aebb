/** What flite's voices slt and rms give, in samples a second. */
export const SAMPLE_RATE = 16000;

const FRAME = SAMPLE_RATE / 100;
/** Of the loudest frame; below it a frame counts as silent. */
const SILENCE = 0.02;

/** Where the sound begins and ends, as sample numbers: the first and the last frame of 10 ms that is not silent. */
export function audible(samples: Float64Array): { start: number; end: number } {
  const levels = frameLevels(samples);
  const limit = Math.max(...levels) * SILENCE;
  const start = levels.findIndex(level => level > limit) * FRAME;
  return { start, end: (levels.findLastIndex(level => level > limit) + 1) * FRAME };
}

function frameLevels(samples: Float64Array): number[] {
  return Array.from({ length: Math.floor(samples.length / FRAME) }, (_, i) => {
    const frame = samples.slice(i * FRAME, (i + 1) * FRAME);
    return Math.sqrt(frame.reduce((sum, sample) => sum + sample ** 2, 0) / FRAME);
  });
}
