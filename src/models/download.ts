import type { Answer, Connection } from './connection.js';
import { contentOf } from './content.js';
import { Draft } from './draft.js';
import type { ModelFile } from './manifest.js';
import * as refusals from './refusals.js';
import { persist } from './retry.js';
import { cutOff, judge, statusTrouble, writeTrouble } from './trouble.js';

/** Where a file comes from and who wants to hear of it. */
export interface Source {
  connection: Connection;
  url: string;
  /** The pause before the second try. */
  pauseMs: number;
  byProxy: boolean;
  signal: AbortSignal | undefined;
  /**
   * @param arrived bytes of this file that are here
   * @param fetched how many of them came just now
   */
  onBytes(arrived: number, fetched: number): void;
}

/**
 * Fetches one file to its place. What arrived before is gone on with; the file is hashed whole and moved into its place only
 * when it has the size and sha256 of the manifest.
 * @throws OffRecordError `failed` with a sentence for each thing that can be wrong
 */
export async function download(file: ModelFile, target: string, source: Source): Promise<void> {
  const draft = await Draft.open(target).catch(error => {
    throw writeTrouble(target, error);
  });
  try {
    let isJoined = await fetchRest(file, draft, source);
    while (!(await draft.settle(file.sha256))) {
      await draft.restart(null);
      // Parts of two versions do not make a file: once more, from the beginning.
      if (!isJoined) throw refusals.wrongHash(wantedOf(file, source));
      isJoined = await fetchRest(file, draft, source);
    }
  } finally {
    await draft.leave();
  }
}

/** @returns whether what has arrived came in more than one answer */
async function fetchRest(file: ModelFile, draft: Draft, source: Source): Promise<boolean> {
  if (draft.bytes > file.bytes) await draft.restart(null);
  let answers = draft.bytes > 0 ? 1 : 0;
  const started = draft.bytes;
  source.onBytes(started, 0);
  const attempt = async (): Promise<void> => {
    if (draft.bytes === file.bytes) return;
    try {
      if ((await fetchOnce(file, draft, source)) === 'anew') answers = 0;
      answers++;
    } catch (error) {
      answers++;
      throw judge(error, wantedOf(file, source), { arrived: draft.bytes, started, byProxy: source.byProxy });
    }
  };
  await persist({ ...source, attempt, progress: () => draft.bytes });
  return answers > 1;
}

/** One answer of the server, to its end. */
async function fetchOnce(file: ModelFile, draft: Draft, source: Source): Promise<'anew' | 'more'> {
  const tag = await draft.tag();
  const range = draft.bytes > 0 && { range: `bytes=${draft.bytes}-`, ...(tag !== null && { 'if-range': tag }) };
  const headers = { 'user-agent': 'offrecord', 'accept-encoding': 'identity', ...range };
  const answer = await source.connection.get(source.url, headers);
  const isPart = answer.status === 206 && answer.header('content-range')?.startsWith(`bytes ${draft.bytes}-`);
  const isMore = draft.bytes > 0 && isPart;
  if (!isMore && answer.status !== 200) {
    await answer.body.dump();
    // The part that is here lies behind the end of the file.
    if (answer.status === 416) await draft.restart(null);
    throw statusTrouble({ ...file, host: answer.host }, answer);
  }
  if (!isMore) await draft.restart(strongTag(answer));
  await receive(answer, file, draft, source);
  return isMore ? 'more' : 'anew';
}

async function receive(answer: Answer, file: ModelFile, draft: Draft, source: Source): Promise<void> {
  const wanted = { ...file, host: answer.host };
  const length = answer.header('content-length');
  const announced = length === undefined ? file.bytes : draft.bytes + Number(length);
  let isStart = draft.bytes === 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    const content = isStart ? contentOf(chunk, answer.header('content-type')) : 'file';
    isStart = false;
    if (content === 'pointer') throw refusals.pointer(wanted);
    if (content === 'page') throw refusals.webPage(wanted);
    if (announced !== file.bytes) throw refusals.wrongLength(wanted, String(announced));
    if (draft.bytes + chunk.length > file.bytes) {
      await draft.restart(null);
      throw refusals.wrongLength(wanted, 'more');
    }
    await draft.append(chunk);
    source.onBytes(draft.bytes, chunk.length);
  }
  if (announced !== file.bytes) throw refusals.wrongLength(wanted, String(announced));
  if (draft.bytes < file.bytes) throw cutOff(wanted, draft.bytes);
}

/** A weak tag (`W/…`) may stand for other bytes. */
function strongTag(answer: Answer): string | null {
  const tag = answer.header('etag');
  return tag?.startsWith('"') ? tag : null;
}

function wantedOf({ path, bytes }: ModelFile, { url }: Source): refusals.Wanted {
  return { path, bytes, host: new URL(url).host };
}
