import { systemCode } from '../errors.js';
import { type Answer, NoAnswer } from './connection.js';
import * as refusals from './refusals.js';
import { MOST_TRIES, Passing } from './retry.js';

/** How far a download had come when something went wrong. */
interface Standing {
  arrived: number;
  /** What was here when it began. */
  started: number;
  byProxy: boolean;
}

const OFFLINE = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
const DISK = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO'];
const UNTRUSTED = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_VERIFY/;

/** Which trouble may pass. A computer that reached nothing at all is told so at once. */
export function judge(error: unknown, wanted: refusals.Wanted, { arrived, started, byProxy }: Standing): unknown {
  if (error instanceof NoAnswer) {
    if (UNTRUSTED.test(error.code)) return refusals.untrusted(error.host, error.code);
    const lasting = refusals.unreachable(error.host, error.code, byProxy);
    return OFFLINE.includes(error.code) && arrived === started ? lasting : new Passing(lasting);
  }
  const code = systemCode(error) ?? '';
  if (DISK.includes(code)) return writeTrouble(wanted.path, error);
  // What the library throws when a body ends too early, or nothing comes for long.
  return /^(UND_ERR|ECONN|EPIPE|ETIMEDOUT)/.test(code) ? cutOff(wanted, arrived) : error;
}

export function cutOff(wanted: refusals.Wanted, arrived: number): Passing {
  return new Passing(refusals.cutOff(wanted, arrived, MOST_TRIES));
}

export function writeTrouble(path: string, error: unknown): unknown {
  const code = systemCode(error);
  return code === undefined ? error : refusals.notWritable(path, code);
}

const BUSY = 429;
const PASSING_STATUS = [408, 416, 425, 500, 502, 503, 504];
/** Who asks to wait longer is asked again by the person. */
const LONGEST_WAIT_MS = 60_000;

/** What an answer that is no file means, and whether it may be another one soon. */
export function statusTrouble(wanted: refusals.Wanted, answer: Answer): Error {
  if (answer.status === BUSY) {
    const waitMs = waitOf(answer.header('retry-after'));
    const busy = refusals.tooBusy(wanted, waitMs === null ? null : waitMs / 1000);
    return waitMs !== null && waitMs > LONGEST_WAIT_MS ? busy : new Passing(busy, waitMs);
  }
  const bad = refusals.badStatus(wanted, answer.status);
  return PASSING_STATUS.includes(answer.status) ? new Passing(bad) : bad;
}

/** Seconds, or a point in time. */
function waitOf(said: string | undefined): number | null {
  if (said === undefined) return null;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
