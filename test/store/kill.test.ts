import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { decryptedPages } from './pages.js';
import { filesOf, keyOf, newPlace, type Place, rawConnection } from './place.js';
import { runOnFullDisk, startChild } from './process.js';
import { CANARIES, canaryReport, reportOf } from './reports.js';

const KILLS = 20;
const KILLED_PURGES = 60;
const LONGEST_LIFE_MS = 150;

function idsIn({ dir, configDir }: Place): Set<string> {
  const store = openStore(dir, configDir);
  const ids = new Set(store.list().map(({ id }) => id));
  store.close();
  return ids;
}

function integrityOf(place: Place): unknown {
  const db = rawConnection(place, keyOf(place));
  const verdict = db.pragma('integrity_check', { simple: true });
  db.close();
  return verdict;
}

test('a process that is killed while it saves loses no report that it had saved', async () => {
  const place = newPlace();
  const saved: string[] = [];
  for (let n = 0; n < KILLS; n++) {
    const child = await startChild('save-for-ever', place);
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await child.kill();
    expect(child.errors()).toBe('');
    saved.push(...child.lines());
    const kept = idsIn(place);
    expect(saved.filter(id => !kept.has(id))).toEqual([]);
    expect(integrityOf(place)).toBe('ok');
  }
  expect(saved.length).toBeGreaterThan(KILLS);
}, 120_000);

test('a process that is killed while it purges and renews the key locks no one out', async () => {
  const place = newPlace();
  for (let n = 0; n < KILLS; n++) {
    const child = await startChild('purge-for-ever', place);
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await child.kill();
    expect(child.errors()).toBe('');
    const store = openStore(place.dir, place.configDir);
    expect(store.list().map(({ file }) => file)).toEqual(store.list().length ? ['again.wav'] : []);
    store.save(reportOf('again'));
    store.close();
    expect(integrityOf(place)).toBe('ok');
  }
}, 120_000);

test('a purge that is killed, however far it goes, is finished by the next opening', async () => {
  const place = newPlace();
  const seen = { kept: 0, wordless: 0, gone: 0 };
  for (let n = 0; n < KILLED_PURGES; n++) {
    const child = await startChild('purge-canaries', place);
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await child.kill();
    expect(child.errors()).toBe('');
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
  return readdirSync(join(dir, '..')).filter(name => name.startsWith('exported'));
}

test('an export that is killed is whole or not there, and the next purge finds what it left', async () => {
  const place = newPlace();
  const seen = { whole: 0, begun: 0 };
  for (let n = 0; n < KILLS; n++) {
    const child = await startChild('export-for-ever', place);
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await child.kill();
    expect(child.errors()).toBe('');
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
