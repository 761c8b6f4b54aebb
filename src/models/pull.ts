import { join } from 'node:path';
import { OffRecordError } from '../errors.js';
import { openConnection } from './connection.js';
import { download } from './download.js';
import { draftedBytes } from './draft-files.js';
import type { Hub, Proxies } from './hub.js';
import { type Model, modelBytes, modelDir } from './manifest.js';
import { checkSpace } from './space.js';
import { checkFile, checkModel } from './verify.js';

/** How far a pull is, in bytes. */
export interface PullProgress {
  /** Of the whole model, here and proven or on its way. */
  done: number;
  total: number;
  /** Came over the network in this pull. */
  fetched: number;
}

export interface PullOptions {
  hub: Hub;
  proxies: Proxies;
  /** Where the files go; the model’s own folder unless given. */
  dir?: string;
  /** The pause before a second try; it doubles with each that follows. */
  pauseMs?: number;
  onProgress?: (progress: PullProgress) => void;
  signal?: AbortSignal | undefined;
}

const PAUSE_MS = 1000;

/**
 * Fetches the files of a hub model that are missing or wrong, each written beside its place, hashed while it arrives, and moved
 * into place only when its size and sha256 are those of the manifest. Two pulls at once do not disturb each other.
 * @throws OffRecordError `usage` for what ships, `failed` when the hub can’t be reached or sends something else
 */
export async function pullModel(model: Model, options: PullOptions): Promise<void> {
  if (!('hub' in model.location))
    throw new OffRecordError('usage', `“${model.name}” ships with the program; there is nothing to pull.`);
  const { hub, proxies, dir = modelDir(model), pauseMs = PAUSE_MS, onProgress, signal } = options;
  const wrong = new Set((await checkModel(model, dir)).map(({ path }) => path));
  const missing = model.files.filter(({ path }) => wrong.has(path));
  await checkSpace(dir, await bytesToFetch(missing, dir));
  const base = `${hub.address}/${model.location.hub}/resolve/${model.revision}`;
  const connection = openConnection(hub, proxies, signal);
  const progress = { done: modelBytes(model) - sum(missing), total: modelBytes(model), fetched: 0 };
  try {
    for (const file of missing) {
      const onBytes = (arrived: number, fetched: number): void => {
        progress.fetched += fetched;
        onProgress?.({ ...progress, done: progress.done + arrived });
      };
      const source = { connection, url: `${base}/${file.path}`, byProxy: isBehind(proxies), pauseMs, signal, onBytes };
      // Another pull may have brought it meanwhile.
      if ((await checkFile(file, dir)) !== null) await download(file, join(dir, file.path), source);
      progress.done += file.bytes;
    }
  } finally {
    await connection.close();
  }
}

async function bytesToFetch(missing: Model['files'], dir: string): Promise<number> {
  const drafted = await Promise.all(missing.map(({ path }) => draftedBytes(join(dir, path))));
  return sum(missing) - drafted.reduce((all, bytes) => all + bytes, 0);
}

function isBehind({ http, https }: Proxies): boolean {
  return http !== '' || https !== '';
}

function sum(files: Model['files']): number {
  return files.reduce((all, { bytes }) => all + bytes, 0);
}
