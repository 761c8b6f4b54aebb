import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SPOKEN, WRITTEN } from '../samples/dialogues.js';
import { audible, SAMPLE_RATE } from '../samples/make/audible.js';
import type { Expected } from '../samples/make/expected.js';
import { splitChannels } from '../src/audio/channels.js';
import { openAudio } from '../src/audio/decode.js';
import { packageDir } from '../src/paths.js';
import { readTranscript } from '../src/transcript/read-transcript.js';
import { toUtterances } from '../src/transcript/utterances.js';
import type { Speaker } from '../src/types.js';

const FOLDER = join(packageDir, 'samples');
/** Seconds that a time may be off. */
const TOLERANCE = 0.05;

describe.each([...SPOKEN, ...WRITTEN])('$file', ({ file, turns }) => {
  it('expects what the dialogue says', () => {
    const { utterances } = expectedOf(file);
    expect(utterances.map(({ start, end, ...turn }) => turn)).toEqual(turns);
  });
});

describe.each(SPOKEN)('$file', ({ file }) => {
  it('speaks when its times say so, in the decoded file', { timeout: 30_000 }, async () => {
    const { duration, utterances } = expectedOf(file);
    const channels = await decode(file);
    expect((channels[0]?.length ?? 0) / SAMPLE_RATE).toBeCloseTo(duration ?? 0, 1);
    const off = utterances.flatMap(({ speaker, start, end }) => {
      const heard = audibleIn(channels[speaker === 'candidate' ? channels.length - 1 : 0], start ?? 0, end ?? 0);
      const late = Math.max(Math.abs(heard.start - (start ?? 0)), Math.abs(heard.end - (end ?? 0)));
      return late > TOLERANCE ? [{ speaker, start, end, heard }] : [];
    });
    expect(off).toEqual([]);
  });
});

describe.each(WRITTEN)('$file', ({ file, names }) => {
  it('is read as the expected utterances', async () => {
    const { speakers, utterances } = expectedOf(file);
    const read = toUtterances(await readTranscript(join(FOLDER, file), toMap(speakers)));
    const wanted = utterances.map(({ speaker, start, end, text }) => {
      return { speaker: names ? speaker : 'unknown', start, end, text };
    });
    expect(read.map(({ speaker, start, end, text }) => ({ speaker, start, end, text }))).toEqual(wanted);
  });
});

function expectedOf(file: string): Expected {
  return JSON.parse(readFileSync(join(FOLDER, 'expected', file.replace(/\..*$/, '.json')), 'utf8'));
}

async function decode(file: string): Promise<Float32Array[]> {
  const { channels, chunks } = await openAudio(join(FOLDER, file));
  const samples: number[] = [];
  for await (const chunk of chunks) for (const sample of chunk) samples.push(sample);
  return splitChannels(Float32Array.from(samples), channels);
}

/** Seconds at which the sound begins and ends, from shortly before to shortly after an interval. */
function audibleIn(channel: Float32Array | undefined, start: number, end: number): { start: number; end: number } {
  const from = Math.round((start - 0.3) * SAMPLE_RATE);
  const around = channel?.subarray(from, Math.round((end + 0.3) * SAMPLE_RATE)) ?? new Float32Array(0);
  const heard = audible(Float64Array.from(around));
  return { start: (from + heard.start) / SAMPLE_RATE, end: (from + heard.end) / SAMPLE_RATE };
}

function toMap(speakers: string | null): Map<string, Speaker> {
  return new Map(speakers?.split(',').map(pair => pair.split('=') as [string, Speaker]));
}
