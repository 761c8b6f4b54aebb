import { basename } from 'node:path';
import { mixDown, sameSamples, splitChannels } from './audio/channels.js';
import { openAudio } from './audio/decode.js';
import { type AudioStream, SAMPLE_RATE } from './audio/stream.js';
import { classify } from './classify/classify.js';
import { lessSensitive, soundsLikeInterview } from './classify/interview.js';
import { guessRoles } from './classify/roles.js';
import { countWords } from './clean-text.js';
import type { Engine } from './engine.js';
import { checkAborted, OffRecordError } from './errors.js';
import {
  fewWordsNotices,
  noSpeech,
  notEnglish,
  noWords,
  OTHER_TALK,
  recordingNotices,
  speakerNotices,
} from './notices.js';
import { Pace } from './pace.js';
import { buildReport, type CallDetails } from './report/build.js';
import { identifyFile } from './source-file.js';
import { RecordingScanner, type Scan } from './speech/scan.js';
import type { Vad } from './speech/vad.js';
import { type CollectedWindow, WindowCollector } from './speech/window-collector.js';
import { Stopwatch, timeStream } from './stopwatch.js';

import { canBeEnglish } from './transcript/english.js';
import { toPieces } from './transcript/heard-pieces.js';
import { isTranscript, readTranscript } from './transcript/read-transcript.js';
import { sideSpeaker } from './transcript/sides.js';
import { toUtterances } from './transcript/utterances.js';
import type { Piece, Progress, Report, SpeakerMap, Window } from './types.js';

/** Remembers the windows that were transcribed, so that a killed analysis goes on where it stopped. */
export interface Checkpoints {
  load(sha256: string, settings: string): Map<string, Piece[]>;
  save(sha256: string, settings: string, window: string, pieces: Piece[]): void;
}

export interface AnalyzeOptions {
  speakers: SpeakerMap;
  details: CallDetails;
  checkpoints?: Checkpoints | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Analyses one recording or transcript: the whole way from the file to the report. Only reads the file.
 * @throws OffRecordError with one sentence: file not readable, no speech, model missing, interrupted
 */
export async function analyze(file: string, engine: Engine, options: AnalyzeOptions): Promise<Report> {
  const watch = new Stopwatch();
  const { sha256 } = await identifyFile(file, options.signal);
  const isText = isTranscript(file);
  // Before an hour of work, not after it.
  await engine.prove(!isText);
  const heard = isText ? await readPieces(file, options.speakers) : await hear(file, sha256, engine, options, watch);
  const said = toUtterances(heard.pieces);
  if (!canBeEnglish(said.map(({ text }) => text))) throw new OffRecordError('failed', notEnglish(file));
  const classifier = await watch.time('classify', () => engine.classifier());
  const { utterances, guessed } = guessRoles(said, classifier.roles);
  const isInterview = soundsLikeInterview(said, classifier.roles);
  const pace = new Pace('classify', utterances.length, options.onProgress);
  const findings = await watch.time('classify', () =>
    classify(utterances, classifier, {
      sensitivity: isInterview ? engine.sensitivity : lessSensitive(engine.sensitivity),
      onUtterance: done => pace.reach(done),
      signal: options.signal,
    }),
  );
  return buildReport({
    source: { file: basename(file), sha256, duration: heard.duration, channels: heard.channels },
    details: options.details,
    analyzedAt: new Date().toISOString(),
    models: engine.identities(!isText),
    timings: watch.read(isText ? null : heard.duration),
    notices: [
      ...heard.notices,
      ...(isInterview ? [] : [OTHER_TALK]),
      ...speakerNotices(utterances, guessed, sourceOf(heard), options.speakers),
    ],
    utterances,
    findings,
  });
}

function sourceOf({ channels }: HeardFile): 'sides' | 'mixed' | 'transcript' {
  return channels === 0 ? 'transcript' : channels === 1 ? 'mixed' : 'sides';
}

/** The text of a file with what is known of its source. */
interface HeardFile {
  pieces: Piece[];
  duration: number | null;
  /** 0 for a transcript. */
  channels: number;
  notices: string[];
}

async function readPieces(file: string, speakers: SpeakerMap): Promise<HeardFile> {
  const pieces = await readTranscript(file, speakers);
  const duration = pieces.reduce<number | null>(
    (last, { end }) => (end === null ? last : Math.max(last ?? 0, end)),
    null,
  );
  return { pieces, duration, channels: 0, notices: [] };
}

/** Reads a recording twice: once to find its speech, and once to transcribe it, so that memory stays flat. */
async function hear(
  file: string,
  sha256: string,
  engine: Engine,
  options: AnalyzeOptions,
  watch: Stopwatch,
): Promise<HeardFile> {
  const vad = await watch.time('vad', () => engine.vad());
  const audio = await watch.time('decode', () => openAudio(file, options.signal));
  const scan = await findSpeech(audio, vad, engine, options, watch);
  if (scan.windows.length === 0) {
    throw new OffRecordError('failed', noSpeech(file, scan.seconds, audio.tracks));
  }
  const pieces = await transcribe(file, sha256, scan, engine, options, watch);
  if (pieces.length === 0) {
    throw new OffRecordError('failed', noWords(file, engine.whisperModel));
  }
  const named = pieces.map(piece => ({ ...piece, speaker: speakerOf(piece, scan, options.speakers) }));
  const words = pieces.reduce((sum, { text }) => sum + countWords(text), 0);
  const notices = [
    ...recordingNotices(audio, scan, engine.whisperModel, options.speakers),
    ...fewWordsNotices(words, secondsOf(scan.windows)),
  ];
  return { pieces: named, duration: scan.seconds, channels: scan.sides ? 2 : 1, notices };
}

function speakerOf({ channel }: Piece, { sides }: Scan, speakers: SpeakerMap): Piece['speaker'] {
  return sides ? sideSpeaker(speakers, channel) : 'unknown';
}

async function findSpeech(
  audio: AudioStream,
  vad: Vad,
  engine: Engine,
  options: AnalyzeOptions,
  watch: Stopwatch,
): Promise<Scan> {
  const scanner = new RecordingScanner(vad, SAMPLE_RATE);
  const pace = new Pace('decode', audio.announced ?? 0, options.onProgress);
  let samples = 0;
  for await (const block of timeStream(watch, 'decode', audio.chunks)) {
    checkAborted(options.signal);
    const channels = splitChannels(block, audio.channels);
    const [left, right] = channels;
    const alike = left !== undefined && right !== undefined && sameSamples(left, right);
    await watch.time('vad', () => scanner.push(channels, alike));
    samples += left?.length ?? 0;
    pace.reach(samples / SAMPLE_RATE);
  }
  return watch.time('vad', () => scanner.finish(engine.windowOptions));
}

async function transcribe(
  file: string,
  sha256: string,
  scan: Scan,
  engine: Engine,
  options: AnalyzeOptions,
  watch: Stopwatch,
): Promise<Piece[]> {
  const { checkpoints, signal } = options;
  const known = checkpoints?.load(sha256, engine.settings) ?? new Map<string, Piece[]>();
  const open = scan.windows.filter(window => !known.has(keyOf(window)));
  const pieces = scan.windows.flatMap(window => known.get(keyOf(window)) ?? []);
  if (open.length === 0) return inOrder(pieces);
  const whisper = await watch.time('transcribe', () => engine.whisper());
  let done = secondsOf(scan.windows) - secondsOf(open);
  const pace = new Pace('transcribe', secondsOf(scan.windows), options.onProgress, done);
  for await (const { window, samples } of cutWindows(file, scan, open, options, watch)) {
    checkAborted(signal);
    const heard = await watch.time('transcribe', () => whisper.transcribe(samples));
    const found = toPieces(heard, window, engine.trust);
    checkpoints?.save(sha256, engine.settings, keyOf(window), found);
    pieces.push(...found);
    done += secondsOf([window]);
    pace.reach(done);
  }
  return inOrder(pieces);
}

/** A resumed run has the same order as one that was never stopped. */
function inOrder(pieces: Piece[]): Piece[] {
  return pieces.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0) || a.channel - b.channel);
}

/** Reads the recording again and hands out the samples of each window. */
async function* cutWindows(
  file: string,
  scan: Scan,
  windows: Window[],
  options: AnalyzeOptions,
  watch: Stopwatch,
): AsyncGenerator<CollectedWindow> {
  const audio = await watch.time('decode', () => openAudio(file, options.signal));
  const collector = new WindowCollector(windows, SAMPLE_RATE);
  for await (const block of timeStream(watch, 'decode', audio.chunks)) {
    const channels = splitChannels(block, audio.channels);
    yield* collector.push(scan.sides ? channels : [mixDown(channels)]);
    if (collector.done) return;
  }
  yield* collector.finish();
}

function keyOf({ channel, start, end }: Window): string {
  return `${channel}:${start.toFixed(3)}-${end.toFixed(3)}`;
}

function secondsOf(windows: Window[]): number {
  return windows.reduce((sum, { start, end }) => sum + end - start, 0);
}
