import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';

/** The part of @ffmpeg/core that the encoder uses; the package ships no types. */
interface FfmpegCore {
  FS: { writeFile(path: string, bytes: Uint8Array): void; readFile(path: string): Uint8Array };
  /** Exit status of the last run. */
  ret: number;
  exec(...args: string[]): void;
  setLogger(logger: (line: { message: string }) => void): void;
}

/** Without look-ahead, so that the picture ends with the sound. */
const VIDEO = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-tune', 'zerolatency', '-shortest'];
/** Two grey tiles, one for each person. */
const STILL_PICTURE = [
  'color=c=0x1f2933:s=320x180:r=5',
  'drawbox=20:40:130:100:0x52606d:fill',
  'drawbox=170:40:130:100:0x3e4c59:fill',
].join();

/** How each form is encoded: roughly as telephones and meeting programs do. */
const FORMS: Record<string, string[]> = {
  '.mp3': ['-c:a', 'libmp3lame', '-b:a', '48k', '-ar', '44100'],
  '.ogg': ['-c:a', 'libopus', '-b:a', '24k'],
  '.m4a': ['-c:a', 'aac', '-b:a', '64k', '-ar', '44100'],
  '.mkv': ['-f', 'lavfi', '-i', STILL_PICTURE, ...VIDEO, '-c:a', 'libopus', '-b:a', '48k'],
};
/** No dates, versions or random serial numbers, so that the same words give the same bytes. */
const SAME_BYTES = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact', '-flags:v', '+bitexact'];

/**
 * Encodes a WAV file in the form that the ending of the file name tells.
 * @param more further options of FFmpeg's for the output
 * @throws Error with FFmpeg's own words when it fails
 */
export async function encode(wav: Uint8Array, file: string, more: string[] = []): Promise<Uint8Array> {
  const form = extname(file);
  const { core, log } = await startCore();
  core.FS.writeFile('call.wav', wav);
  core.exec('-v', 'error', '-i', 'call.wav', ...(FORMS[form] ?? []), ...SAME_BYTES, ...more, `call${form}`);
  if (core.ret !== 0) throw new Error(`FFmpeg could not encode ${file}: ${log.join('\n')}`);
  return core.FS.readFile(`call${form}`);
}

/** One core for each file: a used one keeps the state of its last run. */
async function startCore(): Promise<{ core: FfmpegCore; log: string[] }> {
  const require = createRequire(import.meta.url);
  // The build is made for web workers and looks for these two there.
  Object.assign(globalThis, { self: globalThis, location: { href: 'file:///' } });
  const create = require('@ffmpeg/core') as (options: object) => Promise<FfmpegCore>;
  const core = await create({ wasmBinary: readFileSync(require.resolve('@ffmpeg/core/wasm')) });
  const log: string[] = [];
  core.setLogger(({ message }) => log.push(message));
  return { core, log };
}
