import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations.js';
import { databaseFile, openStore } from '../../src/store/store.js';
import type { Report } from '../../src/types.js';
import { makeOldStore } from './old-store.js';
import { decryptedPages } from './pages.js';
import { filesOf, integrityOf, keyOf, newPlace, type Place, rawConnection } from './place.js';
import { runOnFullDisk, startChild } from './process.js';
import { CANARIES, canaryReport, pieceOf, reportOf } from './reports.js';

/** More than 200 in all. */
const KILLS = { saving: 50, migrating: 40, renewing: 50, purging: 60, exporting: 20 };
const LONGEST_LIFE_MS = 150;

function idsIn({ dir, configDir }: Place): Set<string> {
  const store = openStore(dir, configDir);
  const ids = new Set(store.list().map(({ id }) => id));
  store.close();
  return ids;
}

function killAtRandom(job: string, place: Place): Promise<string[]> {
  return killAfter(Math.random() * LONGEST_LIFE_MS, job, place);
}

async function killAfter(lifeMs: number, job: string, place: Place): Promise<string[]> {
  const child = await startChild(job, place);
  await sleep(lifeMs);
  await child.kill();
  expect(child.errors()).toBe('');
  return child.lines();
}

test('a process that is killed while it saves loses no report that it had saved', async () => {
  const place = newPlace();
  const saved: string[] = [];
  for (let n = 0; n < KILLS.saving; n++) {
    saved.push(...(await killAtRandom('save-for-ever', place)));
    const kept = idsIn(place);
    expect(saved.filter(id => !kept.has(id))).toEqual([]);
    expect(integrityOf(place)).toBe('ok');
  }
  expect(saved.length).toBeGreaterThan(KILLS.saving);
}, 300_000);

test('a process that is killed while it brings an old store up to date loses no call, and the next one ends the work', async () => {
  const old = newPlace();
  const ids = fillOldStore(old, 300);
  // From at once to long after the end, most of them early, because the first step is quickly done.
  const longestMs = 3 * (await timeOf('migrate-once', copyOf(old)));
  const found = new Set<number>();
  for (let n = 0; n < KILLS.migrating; n++) {
    const place = copyOf(old);
    await killAfter(longestMs * (n / KILLS.migrating) ** 2, 'migrate-once', place);
    found.add(stepsIn(place));
    expect(integrityOf(place)).toBe('ok');
    expect([...idsIn(place)].sort()).toEqual(ids);
    expect(stepsIn(place)).toBe(MIGRATIONS.length);
    expect(foundLines(place)).toBe(ids.length);
    expect(integrityOf(place)).toBe('ok');
  }
  expect(found).toContain(OLDEST_STEPS);
  expect(found.size).toBeGreaterThan(1);
}, 300_000);

test('a process that is killed while it renews the key locks no one out, and loses no call', async () => {
  const place = newPlace();
  const store = openStore(place.dir, place.configDir);
  for (let n = 0; n < 20; n++) store.save(reportOf(`call ${n}`));
  store.close();
  const keys = new Set<string>();
  for (let n = 0; n < KILLS.renewing; n++) {
    await killAtRandom('renew-for-ever', place);
    expect(idsIn(place).size).toBe(20);
    expect(integrityOf(place)).toBe('ok');
    keys.add(keyOf(place));
  }
  expect(keys.size).toBeGreaterThan(KILLS.renewing / 2);
}, 300_000);

test('a purge that is killed, however far it goes, is finished by the next opening', async () => {
  const place = newPlace();
  const seen = { kept: 0, wordless: 0, gone: 0 };
  for (let n = 0; n < KILLS.purging; n++) {
    await killAtRandom('purge-canaries', place);
    const found = finishedCanary(place);
    seen[found]++;
    expect(integrityOf(place)).toBe('ok');
    expect(toDoIn(place)).toEqual({ wipeOrRenew: 0, doomed: 0 });
    expect(leftOf(place, found)).toEqual([]);
    if (found !== 'kept') expect(exportsIn(place)).toEqual([]);
    expect(CANARIES.filter(canary => rawBytes(place).includes(canary))).toEqual([]);
  }
  expect(seen.kept).toBeGreaterThan(0);
  expect(seen.gone).toBeGreaterThan(0);
}, 300_000);

/** The steps of the first stores in the field. */
const OLDEST_STEPS = 1;

/** Makes a store as the first version of the program left it, with so many calls; returns their ids in order. */
function fillOldStore(place: Place, calls: number): string[] {
  openStore(place.dir, place.configDir).close();
  rmSync(databaseFile(place.dir));
  writeFileSync(databaseFile(place.dir), '');
  const reports = Array.from({ length: calls }, (_, n) =>
    reportOf(`old ${n}`, {}, { utterances: utterancesOf(`Do you mind if I record call ${n}?`) }),
  );
  const db = rawConnection(place, keyOf(place));
  makeOldStore(db, OLDEST_STEPS, reports);
  db.close();
  return reports.map(({ call }) => call.id).sort();
}

function utterancesOf(first: string): Report['utterances'] {
  return [first, ...Array.from({ length: 60 }, (_, n) => `And then we spoke of matter ${n} for a while.`)].map(
    (text, id) => ({ id, ...pieceOf(text) }),
  );
}

function copyOf({ dir, configDir }: Place): Place {
  const copy = newPlace();
  cpSync(dir, copy.dir, { recursive: true });
  cpSync(configDir, copy.configDir, { recursive: true });
  return copy;
}

/** Milliseconds that a job takes after it says that it is ready, when it is let go on to its end. */
async function timeOf(job: string, place: Place): Promise<number> {
  const child = await startChild(job, place);
  const started = performance.now();
  while (child.lines().length === 0) await sleep(1);
  return performance.now() - started;
}

function stepsIn(place: Place): number {
  const db = rawConnection(place, keyOf(place));
  const steps = Number(db.prepare('select count(*) from migrations').pluck().get());
  db.close();
  return steps;
}

function foundLines({ dir, configDir }: Place): number {
  const store = openStore(dir, configDir);
  const hits = store.search({ phrases: ['record'], limit: 1000 });
  store.close();
  return hits.length;
}

/** Whether the canary call is still there, whole or without its words, after the next opening. */
function finishedCanary({ dir, configDir }: Place): 'kept' | 'wordless' | 'gone' {
  const store = openStore(dir, configDir);
  const isThere = store.list().length > 0;
  const hasWords = isThere && JSON.stringify(store.get(canaryReport().call.id)).includes('canarytext');
  // Words without a call: killed between the report and the purge, or heard before a stop.
  const isStopped = store.unfinished().length > 0;
  store.close();
  return hasWords || isStopped ? 'kept' : isThere ? 'wordless' : 'gone';
}

/** The exported files beside the store, whole or begun. */
function exportsIn({ dir }: Place): string[] {
  return readdirSync(join(dir, '..')).filter(name => /^(exported|\.offrecord-new-)/.test(name));
}

test('an export that is killed is whole or not there, and the next purge finds what it left', async () => {
  const place = newPlace();
  const seen = { whole: 0, begun: 0 };
  for (let n = 0; n < KILLS.exporting; n++) {
    await killAtRandom('export-for-ever', place);
    for (const name of exportsIn(place)) {
      if (name !== 'exported.md') seen.begun++;
      else expect(readFileSync(join(place.dir, '..', name), 'utf8')).toContain('canarytext number 199');
      if (name === 'exported.md') seen.whole++;
    }
    const store = openStore(place.dir, place.configDir);
    const { exports = [] } = store.purge([canaryReport().call.id]);
    store.close();
    expect(exports.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(exportsIn(place)).toEqual([]);
  }
  expect(seen.whole).toBeGreaterThan(0);
}, 120_000);

/** What purges have still to do. */
function toDoIn(place: Place): unknown {
  const db = rawConnection(place, keyOf(place));
  const wipeOrRenew = db.pragma('user_version', { simple: true });
  const doomed = db
    .prepare('select (select count(*) from doomed_recordings) + (select count(*) from doomed_exports)')
    .pluck()
    .get();
  db.close();
  return { wipeOrRenew, doomed };
}

/** The canaries that can be read with the key though they should not. */
function leftOf(place: Place, found: 'kept' | 'wordless' | 'gone'): string[] {
  if (found === 'kept') return [];
  const spoken = ['canarytext', 'canaryquote', 'canarywhy', 'canarycheckpoint'];
  const pages = decryptedPages(place, keyOf(place));
  return (found === 'gone' ? [...CANARIES, ...spoken] : spoken).filter(canary => pages.includes(canary));
}

function rawBytes(place: Place): string {
  return [...filesOf(place).values()].map(content => content.toString('latin1')).join('\n');
}

test.skipIf(process.platform === 'win32')('a full disk is told in a sentence and costs no saved report', () => {
  const place = newPlace();
  const { lines, errors } = runOnFullDisk('save-for-ever', place, 500);
  expect(errors).toContain('offrecord.db (SQLITE_IOERR_WRITE). Check that the disk has room');
  expect(lines.length).toBeGreaterThan(0);
  expect([...idsIn(place)].sort()).toEqual([...lines].sort());
  expect(integrityOf(place)).toBe('ok');
});
