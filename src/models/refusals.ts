import { OffRecordError } from '../errors.js';
import { roughly } from '../time.js';
import { isSafeAddress } from './address.js';

/** One sentence for everything that can go wrong with a download. Addresses are named by their host: the rest may hold a signature. */

/** A file of a model and the host that was asked for it. */
export interface Wanted {
  path: string;
  bytes: number;
  host: string;
}

const OFFLINE_WAY = 'From another computer: offrecord models add FOLDER.';
const KEPT = 'What has arrived is kept, and the same command goes on from there.';

export function sentElsewhere(host: string, other: URL): OffRecordError {
  const reason = isSafeAddress(other) ? 'which is not on the list of hosts that may be asked' : 'which is not https';
  return failed(`${host} wanted to send the download on to ${other.host}, ${reason}. It was not asked for anything.`);
}

export function tooManyRedirects(host: string): OffRecordError {
  return failed(`${host} sends the download on and on without an end. Try again later, or another mirror.`);
}

/** @param byProxy whether the environment names a proxy */
export function unreachable(host: string, code: string, byProxy: boolean): OffRecordError {
  const question = byProxy ? 'Is this computer online, and is HTTPS_PROXY right?' : 'Is this computer online?';
  return failed(`${host} can’t be reached (${code}). ${question} ${OFFLINE_WAY}`);
}

export function proxyRefused(host: string, status: number): OffRecordError {
  const remedy =
    status === 407
      ? 'It wants a name and password: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT'
      : `Whoever runs it can allow ${host}. ${OFFLINE_WAY}`;
  return failed(`The proxy of this computer does not let it reach ${host} (${status}). ${remedy}`);
}

export function untrusted(host: string, code: string): OffRecordError {
  const sentence = `The certificate of ${host} is not trusted (${code}), so nothing was asked. Does a company read along? `;
  return failed(`${sentence}NODE_EXTRA_CA_CERTS=FILE makes its certificate known.`);
}

export function cutOff({ host, path, bytes }: Wanted, arrived: number, tries: number): OffRecordError {
  const seen = `ended ${tries} times in a row before all had arrived (${arrived} of ${bytes} bytes)`;
  return failed(`The connection to ${host} for ${path} ${seen}. ${KEPT}`);
}

export function wrongLength({ host, path, bytes }: Wanted, said: string): OffRecordError {
  return failed(`${path} from ${host} has ${said} bytes, not the ${bytes} that were pinned. It was not installed.`);
}

export function wrongHash({ host, path }: Wanted): OffRecordError {
  const sentence = `${path} from ${host} is not the file that was pinned (its sha256 differs). It was not installed.`;
  return failed(`${sentence} If that stays so, do not use this source.`);
}

export function pointer({ host, path }: Wanted): OffRecordError {
  return failed(
    `${host} sent a Git LFS pointer in place of ${path}: it does not hold the large files. Use another mirror.`,
  );
}

export function webPage({ host, path }: Wanted): OffRecordError {
  return failed(
    `${host} sent a web page in place of ${path}. Does this network want you to log in first? Open a browser.`,
  );
}

/** For an answer that is no file, by its status. */
export function badStatus({ host, path }: Wanted, status: number): OffRecordError {
  if (status === 404 || status === 410)
    return failed(`${host} does not have ${path} (${status}). Use another mirror, or a newer offrecord.`);
  if (status === 401 || status === 403)
    return failed(
      `${host} does not let this computer have ${path} (${status}). A proxy, a firewall or the mirror forbids it.`,
    );
  if (status >= 500) return failed(`${host} is in trouble (${status}). Try again later. ${KEPT}`);
  return failed(`${host} answered ${status} when asked for ${path}. Try again later, or another mirror.`);
}

export function tooBusy({ host }: Wanted, seconds: number | null): OffRecordError {
  const when = seconds === null ? 'later' : `in ${roughly(seconds)}`;
  return failed(`${host} is asked by too many at once (429). Try again ${when}. ${KEPT}`);
}

export function noRoom(folder: string, needed: number, free: number): OffRecordError {
  const [want, have] = [needed, free].map(bytes => `${Math.ceil(bytes / 1e6)} MB`);
  const sentence = `${folder} has ${have} free, and ${want} are needed. Nothing was fetched.`;
  return failed(`${sentence} Make room, or name another folder: OFFRECORD_MODELS=FOLDER.`);
}

export function notWritable(path: string, code: string): OffRecordError {
  return failed(`${path} can’t be written (${code}). Is the disk full, or the folder not yours? ${KEPT}`);
}

function failed(sentence: string): OffRecordError {
  return new OffRecordError('failed', sentence);
}
