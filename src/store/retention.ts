import { record } from './audit-log.js';
import { clearCheckpoints, ID_LENGTH } from './checkpoints.js';
import type { Database } from './connect.js';
import { doomExports } from './exported.js';
import { finishPurge, markToDo, WIPE } from './finish-purge.js';
import { resolveId } from './ids.js';
import { deleteCall } from './purge.js';

/** Days after which calls purge themselves unless the person says otherwise. */
export const DEFAULT_RETENTION_DAYS = 90;

const NEVER = 'off';

/** How long calls are kept, and what that means now. */
export interface Retention {
  /** Days since the day of the analysis; null: for ever. */
  days: number | null;
  /** Calls that are pinned. */
  kept: number;
  /** Calls and stopped analyses that are older, and go when the store is used next. */
  expired: number;
  /** The first day on which a call goes, YYYY-MM-DD; null where none is going to. */
  next: string | null;
}

/** What purged itself. */
export interface Expired {
  calls: number;
  unfinished: number;
  /** Files that had been exported of these calls, where there were any. */
  exports?: number;
}

/** The age after which calls go, how many are pinned and how many are older. */
export function readRetention(db: Database, now: Date): Retention {
  const kept = db.prepare('select count(*) from calls where kept = 1').pluck().get() as number;
  const { calls, unfinished } = findExpired(db, now);
  const days = readDays(db);
  return { days, kept, expired: calls.length + unfinished.length, next: nextDay(db, days, now) };
}

/** Of those that are not expired yet. One that is as old as the age to the day still stays. */
function nextDay(db: Database, days: number | null, now: Date): string | null {
  if (days === null) return null;
  const day = db.prepare<[object], string | null>(`
    select date(min(substr(analyzed_at, 1, 10)), '+' || (@days + 1) || ' days') from calls
    where kept = 0 and substr(analyzed_at, 1, 10) >= date(@now, '-' || @days || ' days')`);
  return day.pluck().get({ days, now: now.toISOString() }) ?? null;
}

function readDays(db: Database): number | null {
  const value = db.prepare("select value from settings where name = 'retention_days'").pluck().get();
  if (value === undefined) return DEFAULT_RETENTION_DAYS;
  return value === NEVER ? null : Number(value);
}

/** Sets the age in days after which calls go; null keeps them for ever. Purges nothing yet. */
export function setRetention(db: Database, days: number | null): void {
  const set = db.transaction(() => {
    db.prepare(`
      insert into settings (name, value) values ('retention_days', ?)
      on conflict do update set value = excluded.value`).run(String(days ?? NEVER));
    if (days === null) record(db, 'retention-off');
    else record(db, 'retention-set', { days });
  });
  set.immediate();
}

/** Calls by number and stopped analyses by recording. One that is as old as the age to the day still stays. */
function findExpired(db: Database, now: Date): { calls: number[]; unfinished: string[] } {
  const given = { now: now.toISOString(), days: readDays(db) };
  if (given.days === null) return { calls: [], unfinished: [] };
  const age = (time: string): string => `julianday(substr(@now, 1, 10)) - julianday(substr(${time}, 1, 10))`;
  const calls = db.prepare(`select number from calls where kept = 0 and ${age('analyzed_at')} > @days`);
  const unfinished = db.prepare(
    `select sha256 from checkpoints group by sha256 having ${age('max(saved_at)')} > @days`,
  );
  return { calls: calls.pluck().all(given) as number[], unfinished: unfinished.pluck().all(given) as string[] };
}

/**
 * Purges the calls and stopped analyses that are older than the setting says, pinned calls excepted.
 * Where another process keeps the log in use, the traces are wiped by a later opening.
 */
export function purgeExpired(db: Database, configDir: string, now: Date): Expired {
  if (isNothing(count(findExpired(db, now)))) return { calls: 0, unfinished: 0 };
  const purge = db.transaction((): Expired => {
    // Another process may have purged them, pinned one or changed the setting since.
    const expired = findExpired(db, now);
    const exports = expired.calls.reduce((sum, number) => sum + doomExports(db, number), 0);
    for (const number of expired.calls) deleteCall(db, number, 'expired');
    for (const sha256 of expired.unfinished) forget(db, sha256);
    markToDo(db, WIPE);
    return { ...count(expired), ...(exports > 0 && { exports }) };
  });
  const purged = purge.immediate();
  finishPurge(db, configDir);
  return purged;
}

function forget(db: Database, sha256: string): void {
  clearCheckpoints(db, sha256);
  record(db, 'expired', { call: sha256.slice(0, ID_LENGTH), calls: 0 });
}

function count({ calls, unfinished }: { calls: number[]; unfinished: string[] }): Expired {
  return { calls: calls.length, unfinished: unfinished.length };
}

function isNothing({ calls, unfinished }: Expired): boolean {
  return calls + unfinished === 0;
}

/**
 * Pins a call, so that it stays until the person purges it, or takes the pin away.
 * @returns the whole id
 * @throws OffRecordError `failed` for an id that no call has, or that several begin with
 */
export function keepCall(db: Database, idOrPrefix: string, kept: boolean): string {
  const keep = db.transaction((): string => {
    const id = resolveId(db, idOrPrefix);
    db.prepare('update calls set kept = ? where id = ?').run(kept ? 1 : 0, id);
    record(db, kept ? 'pinned' : 'unpinned', { call: id });
    return id;
  });
  return keep.immediate();
}
