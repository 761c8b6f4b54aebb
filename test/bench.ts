/** `npm run bench`: how fast each stage is on this computer. Medians of several rounds; the first round is not counted. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../src/audio/stream.js';
import { loadClassifier } from '../src/classify/classifier.js';
import { classify } from '../src/classify/classify.js';
import { findModel, modelDir } from '../src/models/manifest.js';
import { checkModel } from '../src/models/verify.js';
import { RecordingScanner } from '../src/speech/scan.js';
import { loadVad } from '../src/speech/vad.js';
import { openStore } from '../src/store/store.js';
import { readTranscript } from '../src/transcript/read-transcript.js';
import { toUtterances } from '../src/transcript/utterances.js';
import { loadWhisper } from '../src/transcript/whisper.js';
import { SAMPLES } from './cli.js';
import { decodeAll } from './decode-all.js';
import { fillStore, SEARCHES } from './store/many-calls.js';
import type { Place } from './store/place.js';
import { TimedUi } from './tui/timed-ui.js';

const ROUNDS = 5;
/** Calls to search in; `npm run bench -- 1000` makes fewer. */
const CALLS = Number(process.argv[2] ?? 10_000);
const CALL = join(SAMPLES, 'long-call.stereo.m4a');
const [vadModel, nano, classifierModel] = [
  findModel('vad', 'silero-vad-v6'),
  findModel('whisper', 'nano'),
  findModel('classifier', 'red-flags'),
];

const { channels } = await decodeAll(CALL);
const seconds = (channels[0]?.length ?? 0) / SAMPLE_RATE;
const vad = await loadVad(readFileSync(join(modelDir(vadModel), 'silero_vad_v6.onnx')));
const whisper = await loadWhisper(modelDir(nano), { dtype: 'q8', threads: 1, language: 'en' });
const classifier = await loadClassifier(modelDir(classifierModel));
const window = (channels[0] ?? new Float32Array(0)).slice(0, 5 * SAMPLE_RATE);
const utterances = toUtterances(await readTranscript(join(SAMPLES, 'agency-screen.vtt'), new Map()));

await measure('decode, an hour of audio', 3600 / seconds, () => decodeAll(CALL));
await measure('find speech, an hour of two channels', 3600 / seconds, async () => {
  const scanner = new RecordingScanner(vad, SAMPLE_RATE);
  await scanner.push(channels, false);
  await scanner.finish({ maxSeconds: 30, maxPause: 3 });
});
await measure('transcribe a window of 5 s with nano, one thread', 1, () => whisper.transcribe(window));
await measure('classify 700 utterances, an hour of talk, one thread', 700 / utterances.length, () =>
  classify(utterances, classifier, { sensitivity: 'normal' }),
);
await measure('load the classifier', 1, async () => (await loadClassifier(modelDir(classifierModel))).dispose());
await measure('prove the classifier’s files', 1, () => checkModel(classifierModel));

await measureSearch();

/** Searches a store of calls of 400 lines. Making 10,000 takes minutes and 2.4 GB of room. */
async function measureSearch(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'offrecord-bench-'));
  const place = { dir: join(root, 'store'), configDir: join(root, 'config') };
  process.stdout.write(`Making a store of ${CALLS} calls …\n`);
  try {
    fillStore(place, CALLS);
    const store = openStore(place.dir, place.configDir);
    for (const [name, query] of SEARCHES)
      await measure(`search ${CALLS} calls: ${name}`, 1, async () => store.search(query));
    await measure(`count the flags of ${CALLS} calls`, 1, async () => store.statistics());
    // The calls are years old; none of them shall purge itself.
    store.setRetention(null);
    store.close();
    await measureUi(place);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** From the start of the process to the first screen, and from a key to its answer, on a terminal of 100×30. */
async function measureUi(place: Place): Promise<void> {
  await measure(`open the UI with ${CALLS} calls, until its first screen`, 1, async () => {
    const ui = new TimedUi(place);
    await ui.see('Off the Record');
    ui.close();
  });
  const ui = new TimedUi(place);
  await ui.see('Off the Record', 2);
  await measure('a key in the list, until its answer', 1, () => ui.press('\u001b[B'));
  await ui.press('\r');
  await measure('a key in a call, until its answer', 1, () => ui.press('n'));
  ui.close();
}

/** Prints the median of the rounds, scaled to the unit that the name tells. */
async function measure(name: string, scale: number, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = performance.now();
    await work();
    if (round > 0) times.push(((performance.now() - before) / 1000) * scale);
  }
  const [low, median, high] = [0, ROUNDS >> 1, ROUNDS - 1].map(rank => times.toSorted((a, b) => a - b)[rank] ?? 0);
  process.stdout.write(
    `${name.padEnd(56)} ${median?.toFixed(3).padStart(8)} s  (${low?.toFixed(3)} to ${high?.toFixed(3)})\n`,
  );
}
