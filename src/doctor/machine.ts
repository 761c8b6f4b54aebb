import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SAMPLE_RATE } from '../audio/stream.js';
import { hasSystemFfmpeg } from '../audio/system-ffmpeg.js';
import { decodeWithWasm } from '../audio/wasm-ffmpeg.js';
import { writeWav } from '../audio/write-wav.js';
import { proveOnnx } from '../speech/prove-onnx.js';
import { proveSqlite } from '../store/store.js';
import { type Check, failed, ok, reasonOf, warning } from './check.js';

const REINSTALL = 'Install again in the folder of offrecord: npm ci';
const WAV_SECONDS = 0.5;
const LEAST_FREE_BYTES = 50e6;
const FEW_FREE_BYTES = 1e9;

/** Whether the native part of SQLite loads and encrypts. */
export function checkSqlite(): Check {
  try {
    return ok('SQLite', `${proveSqlite()}, native module loads`);
  } catch (error) {
    return failed('SQLite', `the native module does not load (${reasonOf(error)})`, REINSTALL);
  }
}

/** Whether the native part of the models’ runtime loads. */
export function checkOnnx(): Check {
  try {
    proveOnnx();
    return ok('onnxruntime', 'native module loads');
  } catch (error) {
    return failed('onnxruntime', `the native module does not load (${reasonOf(error)})`, REINSTALL);
  }
}

/** Whether the built-in FFmpeg decodes a sound that is made for this, to as many samples as went in. */
export async function checkWasmFfmpeg(): Promise<Check> {
  const name = 'FFmpeg, built in';
  try {
    const samples = await decodeTone();
    if (samples === WAV_SECONDS * SAMPLE_RATE) return ok(name, 'decodes a test sound');
    return failed(name, `gave ${samples} samples of a test sound, not ${WAV_SECONDS * SAMPLE_RATE}`, REINSTALL);
  } catch (error) {
    return failed(name, `does not decode a test sound (${reasonOf(error)})`, `${REINSTALL}; is ${tmpdir()} writable?`);
  }
}

async function decodeTone(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'offrecord-doctor-'));
  try {
    const tone = Float32Array.from({ length: WAV_SECONDS * SAMPLE_RATE }, (_, n) => 0.1 * Math.sin(n / 6));
    writeFileSync(join(folder, 'tone.wav'), writeWav([tone], SAMPLE_RATE));
    let samples = 0;
    for await (const chunk of (await decodeWithWasm(join(folder, 'tone.wav'))).chunks) samples += chunk.length;
    return samples;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the computer has an FFmpeg of its own, for rare formats. */
export async function checkSystemFfmpeg(): Promise<Check> {
  if (await hasSystemFfmpeg()) return ok('FFmpeg, this computer’s', 'starts');
  return ok('FFmpeg, this computer’s', 'not there; only rare formats would need it');
}

/** Whether the disk of the store has room. */
export function checkDisk(storeDir: string): Check {
  const { bavail, bsize } = statfsSync(nearestFolder(storeDir));
  const free = bavail * bsize;
  const seen = `${(free / 1e9).toFixed(1)} GB free for the store`;
  const mend = 'Make room, or name another place with --store.';
  if (free < LEAST_FREE_BYTES) return failed('disk', seen, mend);
  return free < FEW_FREE_BYTES ? warning('disk', seen, mend) : ok('disk', seen);
}

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}
