/**
 * Decodes one file with the WASM build of FFmpeg. Runs in a worker thread because FFmpeg's `exec` blocks until the file is read,
 * and because the build wants a global `self`. The source is mounted read-only; samples are posted chunk by chunk and never collected.
 */
import '../privacy/network-guard.js';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { FfmpegCore, FfmpegFs, FsNode } from './ffmpeg-core.js';

/** Given to the worker at its start. `acknowledged` counts the chunks that the reader has taken. */
export interface DecodeJob {
  file: string;
  sampleRate: number;
  acknowledged: SharedArrayBuffer;
}

/** Posted by the worker, in this order: one `probe`, many `chunk`, one `end`. */
export type DecodeMessage =
  | { kind: 'probe'; streams: ProbedStream[]; duration: number | null; problem: string }
  | { kind: 'chunk'; bytes: Uint8Array }
  | { kind: 'end'; code: number; problem: string };

/** A playlist posing as a recording could name other sources. */
const ONLY_FILES = ['-protocol_whitelist', 'file'];
const PROBED = 'stream=codec_type,channels,start_time,duration:format=duration';
/** Silence stands in for a late start and for gaps, so that times stay those of the recording. */
const KEEP_TIMES = 'aresample=async=1:first_pts=0';

/** Chunks that may wait unread, so that memory stays flat when the reader is slower than FFmpeg. */
const CHUNKS_AHEAD = 8;
const CHUNK_BYTES = 1 << 20;

const port = parentPort;
if (port) await decode(workerData as DecodeJob, message => port.postMessage(message));

async function decode(job: DecodeJob, post: (message: DecodeMessage) => void): Promise<void> {
  const { core, takeLog } = await startCore();
  const fd = openSync(job.file, 'r');
  mountSource(core.FS, fd);
  core.ffprobe(...['-v', 'error', ...ONLY_FILES, '-show_entries', PROBED, '-of', 'json', '/host/in']);
  const probed = takeLog();
  const { streams = [], format } = parseProbe(probed.stdout);
  post({ kind: 'probe', streams, duration: announcedSeconds(streams, format), problem: probed.stderr });
  if (streams.some(stream => stream.codec_type === 'audio')) {
    const flush = mountSink(core.FS, chunkPoster(post, new Int32Array(job.acknowledged)));
    core.exec(
      ...['-v', 'error', ...ONLY_FILES, '-i', '/host/in', '-map', '0:a:0', '-af', KEEP_TIMES],
      ...['-ar', String(job.sampleRate), '-f', 'f32le', '/dev/samples'],
    );
    flush();
    post({ kind: 'end', code: core.ret, problem: takeLog().stderr });
  }
  closeSync(fd);
}

async function startCore(): Promise<{ core: FfmpegCore; takeLog: () => { stdout: string; stderr: string } }> {
  const require = createRequire(import.meta.url);
  Object.assign(globalThis, { self: Object.assign(globalThis, { location: { href: 'file:///' } }) });
  const create = require('@ffmpeg/core') as (options: object) => Promise<FfmpegCore>;
  const core = await create({
    wasmBinary: readFileSync(require.resolve('@ffmpeg/core/wasm')),
    mainScriptUrlOrBlob: `core#${btoa(JSON.stringify({ wasmURL: 'core', workerURL: 'none' }))}`,
  });
  core.setTimeout(-1);
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  // After every run the build logs "Aborted()": that is its way to return, the result stands in `ret`.
  core.setLogger(({ type, message }) => message !== 'Aborted()' && lines[type].push(message));
  const takeLog = () => ({ stdout: lines.stdout.splice(0).join('\n'), stderr: lines.stderr.splice(0).join('\n') });
  return { core, takeLog };
}

interface ProbedStream {
  codec_type?: string;
  channels?: number;
  start_time?: string;
  duration?: string;
}

function parseProbe(json: string): { streams?: ProbedStream[]; format?: { duration?: string } } {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}

/** When the sound should end: by its own track, since pictures may go on; else by the whole file; null where neither says. */
function announcedSeconds(streams: ProbedStream[], format: { duration?: string } | undefined): number | null {
  const audio = streams.find(stream => stream.codec_type === 'audio');
  const own = Number(audio?.start_time ?? 0) + Number(audio?.duration);
  const end = own > 0 ? own : Number(format?.duration);
  return end > 0 ? end : null;
}

/** Mounts the open file as /host/in; reads go straight to the file descriptor, writes are refused. */
function mountSource(fs: FfmpegFs, fd: number): void {
  const DIRECTORY = 0o40555;
  const FILE = 0o100444;
  const [INVALID, NOT_FOUND, NOT_PERMITTED] = [28, 44, 63];
  const size = fstatSync(fd).size;
  const makeNode = (parent: FsNode | null, name: string, mode: number): FsNode =>
    Object.assign(fs.createNode(parent, name, mode), { node_ops: nodeOps, stream_ops: streamOps, timestamp: 0 });
  const nodeOps = {
    getattr: (node: FsNode) => ({
      ...{ dev: 1, ino: node.id, mode: node.mode, nlink: 1, uid: 0, gid: 0, rdev: 0 },
      ...{ size: node.mode === FILE ? size : 4096, blksize: 4096, blocks: 1 },
      ...{ atime: new Date(0), mtime: new Date(0), ctime: new Date(0) },
    }),
    setattr: () => {},
    lookup: (parent: FsNode, name: string) => {
      if (name === 'in') return makeNode(parent, name, FILE);
      throw new fs.ErrnoError(NOT_FOUND);
    },
  };
  const streamOps = {
    open: () => {},
    close: () => {},
    read: (_: unknown, buffer: Int8Array, offset: number, length: number, position: number) =>
      position >= size ? 0 : readSync(fd, buffer, offset, Math.min(length, size - position), position),
    llseek: (stream: { position: number }, offset: number, whence: number) => {
      const target = offset + (whence === 1 ? stream.position : whence === 2 ? size : 0);
      if (target < 0) throw new fs.ErrnoError(INVALID);
      return target;
    },
    write: () => {
      throw new fs.ErrnoError(NOT_PERMITTED);
    },
  };
  fs.mkdir('/host');
  fs.mount({ mount: () => makeNode(null, '/', DIRECTORY) }, {}, '/host');
}

/** Makes /dev/samples, whose bytes go to `take` in chunks; the returned function hands over what is left. */
function mountSink(fs: FfmpegFs, take: (bytes: Uint8Array) => void): () => void {
  const device = fs.makedev(64, 1);
  let chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  const flush = (): void => {
    if (filled > 0) take(chunk.slice(0, filled));
    filled = 0;
  };
  const write = (_: unknown, buffer: Int8Array, offset: number, length: number): number => {
    for (let done = 0; done < length; ) {
      const part = Math.min(length - done, CHUNK_BYTES - filled);
      chunk.set(buffer.subarray(offset + done, offset + done + part), filled);
      filled += part;
      done += part;
      if (filled === CHUNK_BYTES) {
        take(chunk);
        chunk = new Uint8Array(CHUNK_BYTES);
        filled = 0;
      }
    }
    return length;
  };
  fs.registerDevice(device, {
    open: (stream: { seekable: boolean }) => Object.assign(stream, { seekable: false }),
    close: () => {},
    read: () => 0,
    write,
  });
  fs.mkdev('/dev/samples', device);
  return flush;
}

/** Posts chunks and sleeps while too many wait unread; FFmpeg stands still in the meantime. */
function chunkPoster(post: (message: DecodeMessage) => void, acknowledged: Int32Array): (bytes: Uint8Array) => void {
  let posted = 0;
  return bytes => {
    post({ kind: 'chunk', bytes });
    posted += 1;
    for (let seen = Atomics.load(acknowledged, 0); posted - seen >= CHUNKS_AHEAD; ) {
      Atomics.wait(acknowledged, 0, seen);
      seen = Atomics.load(acknowledged, 0);
    }
  };
}
