import wavefile from 'wavefile';

/**
 * A 16-bit WAV file of one or more channels.
 * @param channels samples from -1 to 1, all of one length; values outside are clipped
 */
export function writeWav(channels: Float32Array[], sampleRate: number): Uint8Array {
  const wav = new wavefile.WaveFile();
  const whole = channels.map(samples =>
    Int16Array.from(samples, s => Math.round(Math.max(-1, Math.min(1, s)) * 32767)),
  );
  wav.fromScratch(channels.length, sampleRate, '16', whole.length === 1 && whole[0] ? whole[0] : whole);
  return wav.toBuffer();
}
