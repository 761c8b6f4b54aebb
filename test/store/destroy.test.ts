import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  databaseFile,
  destroyStore,
  filesOfStore,
  keychainFailure,
  keyFile,
  openStore,
  withStore,
} from '../../src/store/store.js';
import { keyOf, newPlace, type Place, rawConnection } from './place.js';
import { startChild } from './process.js';
import { reportOf } from './reports.js';

/** A store that was killed with work in its log, and whose key is lost. */
async function lockedPlace(): Promise<Place> {
  const place = newPlace();
  await (await startChild('hold-after-save', place)).kill();
  writeFileSync(keyFile(place.configDir), 'lost');
  return place;
}

describe('a store that can’t be opened', () => {
  test('is deleted with its log and key, but not what the person put beside it', async () => {
    const place = await lockedPlace();
    const copy = `${databaseFile(place.dir)}.old`;
    writeFileSync(copy, 'a copy');
    writeFileSync(`${keyFile(place.configDir)}.next`, 'half a key');
    const files = filesOfStore(place.dir, place.configDir).map(({ path }) => basename(path));
    expect(destroyStore(place.dir, place.configDir)).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['store.key', 'store.key.next', 'offrecord.db', 'offrecord.db-wal']));
    expect(readdirSync(place.dir)).toEqual(['offrecord.db.old']);
    expect(readdirSync(place.configDir)).toEqual([]);
    expect(filesOfStore(place.dir, place.configDir)).toEqual([]);
  });

  test.skipIf(keychainFailure() === null)(
    'says which entry a keychain that does not answer may still have',
    async () => {
      const place = await lockedPlace();
      const account = '0123456789abcdef';
      writeFileSync(keyFile(place.configDir), JSON.stringify({ offrecordKey: 1, way: 'keychain', account }));
      expect(destroyStore(place.dir, place.configDir)).toEqual([account]);
      expect([...readdirSync(place.dir), ...readdirSync(place.configDir)]).toEqual([]);
    },
  );

  test('leaves a working program', async () => {
    const place = await lockedPlace();
    destroyStore(place.dir, place.configDir);
    expect(withStore(place.dir, place.configDir, store => store.list())).toBeNull();
    const store = openStore(place.dir, place.configDir);
    expect(store.save(reportOf('later')).isFirst).toBe(true);
    store.close();
  });

  test.each([
    ['before the key', () => undefined],
    ['after the key', ({ configDir }: Place) => rmSync(keyFile(configDir))],
    ['after the database', ({ dir }: Place) => rmSync(databaseFile(dir))],
    ['after all but the mark', ({ dir, configDir }: Place) => removeAll(dir, configDir)],
  ])('whose deletion was killed %s is gone after the next start', async (_, cut) => {
    const place = await lockedPlace();
    cut(place);
    writeFileSync(`${databaseFile(place.dir)}.destroy`, '');
    expect(withStore(place.dir, place.configDir, store => store.list())).toBeNull();
    expect([...readdirSync(place.dir), ...readdirSync(place.configDir)]).toEqual([]);
  });
});

function removeAll(dir: string, configDir: string): void {
  for (const { path } of filesOfStore(dir, configDir)) rmSync(path);
}

test('a purge of everything that was killed before the new key gets it at the next opening', () => {
  const place = newPlace();
  openStore(place.dir, place.configDir).close();
  const old = keyOf(place);
  const db = rawConnection(place, old);
  db.pragma('user_version = 2');
  db.close();
  openStore(place.dir, place.configDir).close();
  expect(keyOf(place)).not.toBe(old);
  expect(existsSync(`${keyFile(place.configDir)}.next`)).toBe(false);
  const again = rawConnection(place, keyOf(place));
  expect(again.pragma('user_version', { simple: true })).toBe(0);
  again.close();
});
