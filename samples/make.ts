/**
 * Makes the sample calls and their expected results: `npx tsx samples/make.ts [PART OF A NAME]`.
 * Needs flite on the PATH, with its voices slt and rms.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPOKEN, type SpokenSample, WRITTEN, type WrittenSample } from './dialogues.js';
import { encode } from './make/encode.js';
import { type Expected, toExpected } from './make/expected.js';
import { placeTurns, withoutTimes } from './make/scene.js';
import { toChannels, toWav } from './make/sound.js';
import { speak } from './make/speak.js';
import { readingTime, toTranscript } from './make/transcript.js';

const FOLDER = import.meta.dirname;
const STEREO_SIDES = { interviewer: 'left', candidate: 'right' };

await makeSamples(process.argv[2] ?? '');

async function makeSamples(part: string): Promise<void> {
  mkdirSync(join(FOLDER, 'expected'), { recursive: true });
  for (const sample of SPOKEN.filter(({ file }) => file.includes(part))) await makeRecording(sample);
  for (const sample of WRITTEN.filter(({ file }) => file.includes(part))) makeTranscript(sample);
}

async function makeRecording({ file, voices, seed, turns }: SpokenSample): Promise<void> {
  const stereo = file.includes('.stereo.');
  const spoken = turns.map(turn => ({ ...turn, speech: speak(turn.text, voices[turn.speaker]) }));
  const scene = placeTurns(spoken, ({ speech }) => speech.seconds, seed);
  const wav = toWav(toChannels(scene, stereo));
  writeFileSync(join(FOLDER, file), file.endsWith('.wav') ? wav : await encode(wav, file));
  writeExpected(toExpected(file, stereo ? STEREO_SIDES : null, scene));
}

function makeTranscript({ file, names, seed, turns }: WrittenSample): void {
  const scene = placeTurns(turns, ({ text }) => readingTime(text), seed);
  writeFileSync(join(FOLDER, file), toTranscript(file, names, scene.turns));
  writeExpected(toExpected(file, names, file.endsWith('.txt') ? withoutTimes(scene) : scene));
}

function writeExpected(expected: Expected): void {
  const name = expected.file.replace(/\..*$/, '');
  writeFileSync(join(FOLDER, 'expected', `${name}.json`), toJson(expected));
}

/** Lists of names stand in one line, as the formatter wants them. */
function toJson(expected: Expected): string {
  const spread = JSON.stringify(expected, null, 2);
  const isList = /\[\s+("[^\]]*")\s+\]/g;
  return `${spread.replace(isList, (_, names: string) => `[${names.replace(/\s+/g, ' ')}]`)}\n`;
}
