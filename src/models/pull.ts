import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { interrupted, OffRecordError, systemCode } from '../errors.js';
import { type Model, modelDir } from './manifest.js';
import { checkModel } from './verify.js';

export interface PullOptions {
  /** `https://host`, without a slash at the end. */
  hub: string;
  /** Where the files go; the model’s own folder unless given. */
  dir?: string;
  /** Called with the bytes of the whole model that have arrived. */
  onBytes?: (bytes: number) => void;
  signal?: AbortSignal | undefined;
}

type ModelFile = Model['files'][number];

/**
 * Fetches the files of a hub model that are missing or wrong. Each is written under a temporary name, hashed while it
 * arrives, and moved into place only when its size and sha256 are those of the manifest.
 * @throws OffRecordError `failed` when the hub can’t be reached or sends something else
 */
export async function pullModel(model: Model, options: PullOptions): Promise<void> {
  if (!('hub' in model.location))
    throw new OffRecordError('usage', `“${model.name}” ships with the program; there is nothing to pull.`);
  const dir = options.dir ?? modelDir(model);
  const missing = new Set((await checkModel(model, dir)).map(({ path }) => path));
  const base = `${options.hub}/${model.location.hub}/resolve/${model.revision}`;
  let arrived = 0;
  for (const file of model.files) {
    if (missing.has(file.path)) {
      await pullFile(`${base}/${file.path}`, join(dir, file.path), file, options, bytes => {
        options.onBytes?.(arrived + bytes);
      });
    }
    arrived += file.bytes;
    options.onBytes?.(arrived);
  }
}

async function pullFile(
  url: string,
  target: string,
  file: ModelFile,
  options: PullOptions,
  onBytes: (bytes: number) => void,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const partial = `${target}.${process.pid}.part`;
  try {
    const body = await request(url, options.signal);
    const sha256 = createHash('sha256');
    let bytes = 0;
    const count = async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > file.bytes)
          throw new OffRecordError('failed', `${url} is longer than the ${file.bytes} bytes it should have.`);
        sha256.update(chunk);
        onBytes(bytes);
        yield chunk;
      }
    };
    await pipeline(body, count, createWriteStream(partial, { mode: 0o600 }), { signal: options.signal });
    if (bytes !== file.bytes)
      throw new OffRecordError('failed', `${url} ended after ${bytes} of ${file.bytes} bytes. Try again.`);
    if (sha256.digest('hex') !== file.sha256) {
      throw new OffRecordError(
        'failed',
        `${url} is not the file that was pinned (its sha256 differs). It was not installed.`,
      );
    }
    await rename(partial, target);
  } catch (error) {
    if (options.signal?.aborted) throw interrupted();
    if (error instanceof OffRecordError) throw error;
    const reason = systemCode(error instanceof Error && error.cause ? error.cause : error) ?? String(error);
    throw new OffRecordError('failed', `${url} could not be fetched (${reason}). Is this computer online?`, {
      cause: error,
    });
  } finally {
    await rm(partial, { force: true });
  }
}

async function request(url: string, signal: AbortSignal | undefined): Promise<Readable> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok || !response.body)
    throw new OffRecordError('failed', `${url} answered ${response.status}. Try again later.`);
  return Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
}
