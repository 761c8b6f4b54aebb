import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import wavefile from 'wavefile';
import { audible, SAMPLE_RATE } from './audible.js';

/** One spoken turn: `samples` reach `MARGIN` seconds beyond the `seconds` of audible speech at both ends. */
export interface Speech {
  samples: Float64Array;
  seconds: number;
}

/** Seconds kept around the speech, so that soft first and last sounds stay whole. */
export const MARGIN = 0.06;
/** Of full scale. */
const PEAK = 0.6;

/**
 * Speaks a text with flite, all turns equally loud.
 * @throws when flite is missing or does not know the voice
 */
export function speak(text: string, voice: string): Speech {
  const folder = mkdtempSync(join(tmpdir(), 'offrecord-samples-'));
  try {
    const file = join(folder, 'turn.wav');
    execFileSync('flite', ['-voice', voice, '-t', text, '-o', file]);
    return cutOut(levelled(readMono(file)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readMono(file: string): Float64Array {
  const wav = new wavefile.WaveFile(readFileSync(file));
  wav.toBitDepth('32f');
  return wav.getSamples(false) as Float64Array;
}

function levelled(samples: Float64Array): Float64Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map(sample => (sample * PEAK) / peak);
}

function cutOut(samples: Float64Array): Speech {
  const { start, end } = audible(samples);
  const margin = MARGIN * SAMPLE_RATE;
  const cut = new Float64Array(end - start + 2 * margin);
  cut.set(samples.subarray(Math.max(0, start - margin), end + margin), Math.max(0, margin - start));
  return { samples: cut, seconds: (end - start) / SAMPLE_RATE };
}
