import { systemCode } from '../errors.js';
import { type Answer, type Connection, NoAnswer } from './connection.js';
import { contentOf } from './content.js';
import { Draft } from './draft.js';
import type { ModelFile } from './manifest.js';
import * as refusals from './refusals.js';
import { MOST_TRIES, Passing, persist } from './retry.js';

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
    throw writeError(target, error);
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
      throw judge(error, file, draft, source, started);
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
  const isMore = answer.status === 206 && answer.header('content-range')?.startsWith(`bytes ${draft.bytes}-`);
  if (!isMore && answer.status !== 200) {
    await answer.body.dump();
    await refuse(answer, file, draft, source);
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
  if (draft.bytes < file.bytes) throw cutOff(wanted, draft);
}

const BUSY = 429;
const PASSING_STATUS = [408, 416, 425, 500, 502, 503, 504];
/** Who asks to wait longer is asked again by the person. */
const LONGEST_WAIT_MS = 60_000;

async function refuse(answer: Answer, file: ModelFile, draft: Draft, source: Source): Promise<never> {
  const wanted = { ...wantedOf(file, source), host: answer.host };
  if (answer.status === BUSY) {
    const waitMs = waitOf(answer.header('retry-after'));
    const busy = refusals.tooBusy(wanted, waitMs === null ? null : waitMs / 1000);
    throw waitMs !== null && waitMs > LONGEST_WAIT_MS ? busy : new Passing(busy, waitMs);
  }
  // The part that is here lies behind the end of the file.
  if (answer.status === 416) await draft.restart(null);
  const bad = refusals.badStatus(wanted, answer.status);
  throw PASSING_STATUS.includes(answer.status) ? new Passing(bad) : bad;
}

/** Seconds, or a point in time. */
function waitOf(said: string | undefined): number | null {
  if (said === undefined) return null;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** A weak tag (`W/…`) may stand for other bytes. */
function strongTag(answer: Answer): string | null {
  const tag = answer.header('etag');
  return tag?.startsWith('"') ? tag : null;
}

const OFFLINE = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
const DISK = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO'];

/** Which trouble may pass. A computer that reached nothing at all is told so at once. */
function judge(error: unknown, file: ModelFile, draft: Draft, source: Source, started: number): unknown {
  const wanted = wantedOf(file, source);
  if (error instanceof NoAnswer) {
    if (/CERT|SELF_SIGNED|ERR_TLS|ERR_SSL/.test(error.code)) return refusals.untrusted(error.host, error.code);
    const lasting = refusals.unreachable(error.host, error.code, source.byProxy);
    return OFFLINE.includes(error.code) && draft.bytes === started ? lasting : new Passing(lasting);
  }
  const code = systemCode(error) ?? '';
  if (DISK.includes(code)) return writeError(file.path, error);
  // What the library throws when a body ends too early, or nothing comes for long.
  return /^(UND_ERR|ECONN|EPIPE|ETIMEDOUT)/.test(code) ? cutOff(wanted, draft) : error;
}

function cutOff(wanted: refusals.Wanted, draft: Draft): Passing {
  return new Passing(refusals.cutOff(wanted, draft.bytes, MOST_TRIES));
}

function writeError(path: string, error: unknown): unknown {
  const code = systemCode(error);
  return code === undefined ? error : refusals.notWritable(path, code);
}

function wantedOf({ path, bytes }: ModelFile, { url }: Source): refusals.Wanted {
  return { path, bytes, host: new URL(url).host };
}
