import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { Home, SAMPLES } from '../cli.js';
import { integrityOf, type Place } from '../store/place.js';

const CALLS = 12;

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

it('a store that is open all the time, a batch, readers and purges get along without a word of locks', async () => {
  const place: Place = { dir: home.storeDir, configDir: join(home.dir, 'config', 'offrecord') };
  const [first, second] = [folderOfCalls('first'), folderOfCalls('second')];
  expect((await home.run('batch', first, '--company', 'Old')).code).toBe(0);
  const held = openStore(place.dir, place.configDir);
  const seen: number[] = [];
  const batch = home.run('batch', second, '--company', 'New');
  const ended = [];
  for (let n = 0; n < 4; n++) {
    seen.push(held.list().length);
    ended.push(await home.run('purge', held.list().find(({ company }) => company === 'Old')?.id ?? '', '--yes'));
    ended.push(await home.run('search', 'record'), await home.run('list'));
  }
  ended.push(await batch, await home.run('purge', '--company', 'Old', '--yes'));
  expect(ended.map(({ code, stderr }) => ({ code, stderr: stderr.match(/.*(in use|SQLITE|locked).*/g) }))).toEqual(
    ended.map(() => ({ code: 0, stderr: null })),
  );
  expect(seen[0]).toBeGreaterThanOrEqual(CALLS);
  expect(held.list().map(({ company }) => company)).toEqual(Array.from({ length: CALLS }, () => 'New'));
  held.close();
  expect(integrityOf(place)).toBe('ok');
});

/** A folder with copies of a call, each a recording of its own by one line more. */
function folderOfCalls(name: string): string {
  const folder = join(home.dir, name);
  mkdirSync(folder);
  const call = readFileSync(join(SAMPLES, 'agency-screen.vtt'), 'utf8');
  for (let n = 0; n < CALLS; n++)
    writeFileSync(
      join(folder, `${n}.vtt`),
      `${call}\n00:09:${10 + n}.000 --> 00:09:${10 + n}.900\nBye ${name} ${n}.\n`,
    );
  return folder;
}
