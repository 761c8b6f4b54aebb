import wavefile from 'wavefile';
import type { Turn } from '../dialogues/turn.js';
import { SAMPLE_RATE } from './audible.js';
import type { Scene } from './scene.js';
import { MARGIN, type Speech } from './speak.js';

/** The samples of a whole call: left interviewer and right candidate, or both on one channel. */
export function toChannels({ turns, duration }: Scene<Turn & { speech: Speech }>, stereo: boolean): Float64Array[] {
  const channels = Array.from({ length: stereo ? 2 : 1 }, () => new Float64Array(Math.round(duration * SAMPLE_RATE)));
  for (const { speaker, start, speech } of turns) {
    const channel = channels[stereo && speaker === 'candidate' ? 1 : 0];
    channel?.set(speech.samples, Math.round((start - MARGIN) * SAMPLE_RATE));
  }
  return channels;
}

/** A 16-bit WAV file. */
export function toWav(channels: Float64Array[]): Uint8Array {
  const wav = new wavefile.WaveFile();
  const whole = channels.map(channel => Int16Array.from(channel, sample => Math.round(sample * 32767)));
  wav.fromScratch(whole.length, SAMPLE_RATE, '16', whole);
  return wav.toBuffer();
}
