import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { databaseFile, openStore } from '../../src/store/store.js';
import { keyOf, newPlace } from './place.js';
import { startChild } from './process.js';
import { reportOf } from './reports.js';

const ROUNDS = 60;

test('one process lists, reads and saves while another one saves', async () => {
  const place = newPlace();
  const child = await startChild('save-for-ever', place);
  const seen: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const store = openStore(place.dir, place.configDir);
    store.save(reportOf(`mine ${n}`));
    const calls = store.list();
    for (const { id } of calls.slice(0, 3)) expect(store.get(id).call.id).toBe(id);
    seen.push(calls.length);
    store.close();
    await new Promise(resolve => setImmediate(resolve));
  }
  await child.kill();
  expect(child.errors()).toBe('');
  const store = openStore(place.dir, place.configDir);
  const ids = new Set(store.list().map(({ id }) => id));
  const mine = Array.from({ length: ROUNDS }, (_, n) => reportOf(`mine ${n}`).call.id);
  expect([...mine, ...child.lines()].filter(id => !ids.has(id))).toEqual([]);
  expect(child.lines().length).toBeGreaterThan(0);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  store.close();
});

test.skipIf(process.platform !== 'linux')('a store that is opened twice in one process keeps its lock', () => {
  const place = newPlace();
  const store = openStore(place.dir, place.configDir);
  store.save(reportOf('one'));
  const before = locksOn(databaseFile(place.dir));
  expect(before).toBeGreaterThan(0);
  openStore(place.dir, place.configDir).close();
  expect(locksOn(databaseFile(place.dir))).toBe(before);
  store.close();
});

function locksOn(file: string): number {
  const { ino } = statSync(file);
  return readFileSync('/proc/locks', 'utf8').split(`:${ino} `).length - 1;
}

test('a store whose key another process renewed opens with the new one', async () => {
  const place = newPlace();
  openStore(place.dir, place.configDir).close();
  const key = keyOf(place);
  const child = await startChild('purge-once', place);
  await child.kill();
  expect(child.errors()).toBe('');
  expect(keyOf(place)).not.toBe(key);
  const store = openStore(place.dir, place.configDir);
  expect(store.list()).toEqual([]);
  store.close();
});
