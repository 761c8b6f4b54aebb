import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { Home, SAMPLES } from '../cli.js';
import { integrityOf, keyOf, type Place, rawConnection } from '../store/place.js';

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

describe('a command that finds the store kept by another process', () => {
  let place: Place;
  let other: ReturnType<typeof rawConnection>;
  beforeEach(async () => {
    place = { dir: home.storeDir, configDir: join(home.dir, 'config', 'offrecord') };
    expect((await home.run('analyze', join(SAMPLES, 'agency-screen.vtt'))).code).toBe(0);
    other = rawConnection(place, keyOf(place));
    other.exec('begin immediate');
  });
  afterEach(() => other.close());

  it.each(['list', 'keep 73a78123', 'purge 73a78123 --yes'])('says that it waits: %s', async line => {
    const { child, ended } = home.start(line.split(' '));
    await heard(child, /waiting for it/);
    other.exec('rollback');
    expect((await ended).code).toBe(0);
  });

  it('stops at Ctrl-C, even right at the sentence, and has changed nothing', async () => {
    // Several at once: on a busy machine the signal comes before the program's next step.
    const purges = Array.from({ length: 6 }, () => home.start(['purge', '--all', '--yes']));
    for (const { child } of purges) void heard(child, /waiting for it/).then(() => child.kill('SIGINT'));
    await Promise.all(purges.map(({ ended }) => ended));
    expect(purges.map(({ child }) => child.signalCode)).toEqual(purges.map(() => 'SIGINT'));
    expect(other.prepare('select count(*) from calls').pluck().get()).toBe(1);
    other.exec('rollback');
  });

  function heard(child: ReturnType<Home['start']>['child'], words: RegExp): Promise<void> {
    return new Promise(resolve => child.stderr?.on('data', text => words.test(String(text)) && resolve()));
  }
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
