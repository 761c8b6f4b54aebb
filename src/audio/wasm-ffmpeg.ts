import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { interrupted } from '../errors.js';
import { packageDir } from '../paths.js';
import type { DecodeJob, DecodeMessage } from './ffmpeg-worker.js';
import { type AudioStream, DecodeError, SAMPLE_RATE, toSamples } from './stream.js';

// Workers run the compiled file, in tests too: Node 20 starts no thread from TypeScript.
const WORKER_FILE = join(packageDir, 'dist', 'audio', 'ffmpeg-worker.js');

/**
 * Decodes with @ffmpeg/core in a worker thread.
 * @throws DecodeError when FFmpeg does not recognise the file; later damage ends the stream early, as FFmpeg does
 */
export async function decodeWithWasm(file: string, signal?: AbortSignal): Promise<AudioStream> {
  const acknowledged = new SharedArrayBuffer(4);
  const job: DecodeJob = { file, sampleRate: SAMPLE_RATE, acknowledged };
  const worker = new Worker(WORKER_FILE, { workerData: job, env: {} });
  const messages = receive(worker, signal);
  try {
    const probe = await messages.next();
    if (probe.done || probe.value.kind !== 'probe') throw new DecodeError('unreadable', 'the decoder stopped');
    const audio = probe.value.streams.filter(stream => stream.codec_type === 'audio');
    if (audio.length === 0)
      throw new DecodeError(probe.value.streams.length ? 'no-audio' : 'unreadable', probe.value.problem);
    const first = await messages.next();
    const chunks = readSamples(first, messages, new Int32Array(acknowledged));
    return { channels: audio[0]?.channels ?? 1, tracks: audio.length, announced: probe.value.duration, chunks };
  } catch (error) {
    await messages.return(undefined);
    throw error;
  }
}

/** The worker's messages one after the other; leaving the loop or an abort ends the worker. */
async function* receive(worker: Worker, signal?: AbortSignal): AsyncGenerator<DecodeMessage, undefined, undefined> {
  const queue: (DecodeMessage | Error)[] = [];
  let wake = (): void => {};
  const put = (item: DecodeMessage | Error): void => {
    queue.push(item);
    wake();
  };
  const onAbort = (): void => put(interrupted());
  worker.on('message', put);
  worker.on('error', error => put(new DecodeError('unreadable', error.message)));
  worker.on('exit', () => put(new DecodeError('unreadable', 'the decoder stopped')));
  signal?.addEventListener('abort', onAbort);
  try {
    if (signal?.aborted) throw interrupted();
    while (true) {
      const item = queue.shift();
      if (item instanceof Error) throw item;
      if (item) yield item;
      else await new Promise<void>(resolve => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

/**
 * Throws before the first sample when FFmpeg gave none, so that a caller can try another decoder.
 */
function readSamples(
  first: IteratorResult<DecodeMessage, undefined>,
  rest: AsyncGenerator<DecodeMessage, undefined, undefined>,
  acknowledged: Int32Array,
): AsyncIterable<Float32Array> {
  if (first.value?.kind === 'end') throw new DecodeError('unreadable', first.value.problem);
  return (async function* () {
    let carry = new Uint8Array(0);
    try {
      for (let next = first; next.value?.kind === 'chunk'; next = await rest.next()) {
        const { samples, left } = toSamples(carry, next.value.bytes);
        carry = left;
        yield samples;
        Atomics.add(acknowledged, 0, 1);
        Atomics.notify(acknowledged, 0);
      }
    } finally {
      await rest.return(undefined);
    }
  })();
}
