import { expect, test } from 'vitest';
import { openStore } from '../../src/store/store.js';
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
}, 60_000);

test('a process whose store another one purged to the key is told so and saves nothing into the void', () => {
  const place = newPlace();
  const [one, two] = [openStore(place.dir, place.configDir), openStore(place.dir, place.configDir)];
  const key = keyOf(place);
  one.save(reportOf('one'));
  two.close();
  one.purgeAll();
  expect(keyOf(place)).not.toBe(key);
  const three = openStore(place.dir, place.configDir);
  expect(three.list()).toEqual([]);
  one.save(reportOf('after'));
  expect(three.list().map(({ file }) => file)).toEqual(['after.wav']);
});
