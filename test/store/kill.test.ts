import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { keyOf, newPlace, type Place, rawConnection } from './place.js';
import { runOnFullDisk, startChild } from './process.js';
import { reportOf } from './reports.js';

const KILLS = 20;
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

test.skipIf(process.platform === 'win32')('a full disk is told in a sentence and costs no saved report', () => {
  const place = newPlace();
  const { lines, errors } = runOnFullDisk('save-for-ever', place, 500);
  expect(errors).toContain('offrecord.db (SQLITE_IOERR_WRITE). Check that the disk has room');
  expect(lines.length).toBeGreaterThan(0);
  expect([...idsIn(place)].sort()).toEqual([...lines].sort());
  expect(integrityOf(place)).toBe('ok');
});
