/**
 * How well a built-in Whisper reads its voices, in transformers.js: `npx tsx models/whisper-nano/measure.ts SET…`.
 *
 * `test`, `dev`, `rare`, `blind`: sentences never trained on, spoken by flite, one a window. `sounds`: what must give no words.
 * `calls`: the sample calls through the whole program, on one channel. `--model DIR` and `--dtype fp32` measure an export that
 * is not installed (not for `calls`); `--quiet` leaves out what was misread. Needs flite; `calls` needs ffmpeg.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { speak } from '../../samples/make/speak.js';
import { createEngine } from '../../src/engine.js';
import { analyze } from '../../src/pipeline.js';
import { loadWhisper, type Whisper } from '../../src/transcript/whisper.js';
import type { Utterance } from '../../src/types.js';
import { wordlessSounds } from './sounds.js';

const SAMPLES = join(import.meta.dirname, '../../samples');
const SENTENCES = join(import.meta.dirname, 'train/sentences');
const VOICES = ['slt', 'rms'];
const SAMPLE_RATE = 16000;
/** Seconds before and after a spoken sentence. */
const LEAD = 0.2;
/** Seconds within which an utterance must begin. */
const START_TOLERANCE = 0.3;
/** Sample calls that are recordings, not transcripts. */
const SPOKEN = /\.(wav|mp3|mkv|ogg|m4a)$/;
/** The four calls that the goals are set for. */
const DIALOGUES = ['recording-request', 'unpaid-work', 'personal-data', 'tech-talk'];

interface Expected {
  file: string;
  utterances: { start: number | null; text: string }[];
}

interface Errors {
  wrong: number;
  words: number;
}

const { positionals: sets, values } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' }, dtype: { type: 'string', default: 'q8' }, quiet: { type: 'boolean' } },
});

if (sets.includes('calls')) await measureCalls();
if (sets.some(set => set !== 'calls')) {
  const dtype = values.dtype === 'fp32' ? 'fp32' : 'q8';
  const whisper = await loadWhisper(resolve(values.model ?? import.meta.dirname), {
    dtype,
    threads: 2,
    language: 'en',
  });
  for (const set of sets.filter(name => name !== 'calls')) {
    if (set === 'sounds') await measureSounds(whisper);
    else await measureSentences(whisper, set);
  }
  await whisper.dispose();
}

async function measureSentences(whisper: Whisper, set: string): Promise<void> {
  const lines = readFileSync(join(SENTENCES, `${set}.txt`), 'utf8')
    .trimEnd()
    .split('\n');
  for (const voice of VOICES) {
    const all = { wrong: 0, words: 0 };
    for (const line of lines) {
      const heard = await hear(whisper, spoken(line, voice));
      const errors = count(heard, line);
      add(all, errors);
      if (errors.wrong > 0) tell(`    ${line}\n      ${heard}`);
    }
    print(`${set} ${voice}: ${share(all)} of ${all.words} words wrong, ${lines.length} sentences`);
  }
}

async function measureSounds(whisper: Whisper): Promise<void> {
  let quiet = 0;
  const sounds = [...wordlessSounds(SAMPLE_RATE)];
  for (const { name, samples } of sounds) {
    const heard = await hear(whisper, samples);
    if (count(heard, '').wrong > 0) tell(`    ${name}: ${heard}`);
    else quiet += 1;
  }
  print(`sounds: ${quiet} of ${sounds.length} without words`);
}

async function measureCalls(): Promise<void> {
  const engine = await createEngine({ model: 'nano', language: 'en', sensitivity: 'normal' });
  const folder = mkdtempSync(join(tmpdir(), 'offrecord-measure-'));
  const [four, starts] = [
    { wrong: 0, words: 0 },
    { near: 0, all: 0 },
  ];
  try {
    for (const name of readdirSync(join(SAMPLES, 'expected'))) {
      const expected: Expected = JSON.parse(readFileSync(join(SAMPLES, 'expected', name), 'utf8'));
      if (!SPOKEN.test(expected.file)) continue;
      const mono = join(folder, `${name}.wav`);
      execFileSync('ffmpeg', ['-v', 'error', '-i', join(SAMPLES, expected.file), '-vn', '-ac', '1', mono]);
      const details = { company: null, role: null, date: null };
      const { utterances } = await analyze(mono, engine, { speakers: new Map(), details });
      const errors = count(
        utterances.map(({ text }) => text).join(' '),
        expected.utterances.map(({ text }) => text).join(' '),
      );
      const near = expected.utterances.filter(({ start }) => begins(utterances, start ?? 0)).length;
      print(
        `${name}: ${share(errors)} of ${errors.words} words wrong, ${near} of ${expected.utterances.length} starts found`,
      );
      for (const { start, text } of utterances) tell(`    ${start?.toFixed(2)} ${text}`);
      if (!DIALOGUES.includes(name.replace('.json', ''))) continue;
      add(four, errors);
      starts.near += near;
      starts.all += expected.utterances.length;
    }
  } finally {
    rmSync(folder, { recursive: true });
    await engine.dispose();
  }
  print(`the four dialogues: ${share(four)} wrong, ${starts.near} of ${starts.all} starts within ${START_TOLERANCE} s`);
}

function begins(utterances: Utterance[], start: number): boolean {
  return utterances.some(one => one.start !== null && Math.abs(one.start - start) <= START_TOLERANCE);
}

async function hear(whisper: Whisper, samples: Float32Array): Promise<string> {
  const heard = await whisper.transcribe(samples);
  return heard.map(({ text }) => text.trim()).join(' ');
}

function spoken(line: string, voice: string): Float32Array {
  const { samples } = speak(line, voice);
  const lead = Math.round(LEAD * SAMPLE_RATE);
  const whole = new Float32Array(samples.length + 2 * lead);
  whole.set(samples, lead);
  return whole;
}

/** The least number of words to change, add or leave out; marks and capitals do not count. */
function count(heard: string, wanted: string): Errors {
  const [from, to] = [bare(heard), bare(wanted)];
  let row = from.map((_, i) => i);
  row.push(from.length);
  to.forEach((word, i) => {
    const next = [i + 1];
    from.forEach((other, j) => {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (word === other ? 0 : 1)));
    });
    row = next;
  });
  return { wrong: row.at(-1) ?? 0, words: to.length };
}

function bare(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[^a-z' ]/g, '')
    .split(/\s+/)
    .filter(word => word !== '');
}

function add(sum: Errors, more: Errors): void {
  sum.wrong += more.wrong;
  sum.words += more.words;
}

function share({ wrong, words }: Errors): string {
  return `${((100 * wrong) / words).toFixed(1)} %`;
}

function tell(line: string): void {
  if (!values.quiet) print(line);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
