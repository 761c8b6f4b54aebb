import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { databaseFile, keyFile, openStore, type Store } from '../../src/store/store.js';
import { decryptedPages } from './pages.js';
import { errorOf, filesOf, keyOf, newPlace, type Place, rawConnection } from './place.js';
import { startChild } from './process.js';
import { flagOf, pieceOf, reportOf } from './reports.js';

const CANARIES = ['canarytext', 'canarycompany', 'canaryfile', 'canarycheckpoint'];

/** A store with one call that must go, its traces of an earlier revision, of a checkpoint, and one call that stays. */
function canaryStore(place: Place): Store {
  const store = openStore(place.dir, place.configDir);
  const talk = Array.from({ length: 200 }, (_, id) => ({ id, ...pieceOf(`canarytext number ${id}`) }));
  const gone = reportOf(
    'canaryfile',
    { company: 'canarycompany' },
    { utterances: talk, flags: [flagOf({}), flagOf({})] },
  );
  store.save(gone);
  store.save({ ...gone, utterances: talk.slice(0, 50) });
  store.saveCheckpoint(gone.call.sha256, 'settings', 'window', [pieceOf('canarycheckpoint')]);
  store.save(reportOf('stays'));
  return store;
}

function canariesIn(text: string): string[] {
  return CANARIES.filter(canary => text.includes(canary));
}

function bytesOf(place: Place): string {
  return [...filesOf(place).values()].map(content => content.toString('latin1')).join('\n');
}

describe('nothing of a call can be read', () => {
  test('in any file while it is kept, for who has no key', () => {
    const place = newPlace();
    const store = canaryStore(place);
    expect(decryptedPages(place, keyOf(place))).toContain('canarytext number 199');
    expect(canariesIn(decryptedPages(place, keyOf(place)))).toEqual(CANARIES);
    expect(canariesIn(bytesOf(place))).toEqual([]);
    store.close();
    expect(canariesIn(bytesOf(place))).toEqual([]);
  });

  test('after its purge, even for who has the key; the others stay', () => {
    const place = newPlace();
    const store = canaryStore(place);
    expect(store.purge([reportOf('canaryfile').call.id])).toEqual({ calls: 1, utterances: 50, flags: 2 });
    expect(canariesIn(decryptedPages(place, keyOf(place)))).toEqual([]);
    expect(store.list().map(({ file }) => file)).toEqual(['stays.wav']);
    store.close();
    expect(canariesIn(decryptedPages(place, keyOf(place)))).toEqual([]);
  });

  test('after purging everything, with the old key or the new one', () => {
    const place = newPlace();
    const store = canaryStore(place);
    const old = keyOf(place);
    expect(store.purgeAll()).toEqual({ calls: 2, utterances: 51, flags: 3 });
    expect([old, keyOf(place)].flatMap(key => canariesIn(decryptedPages(place, key)))).toEqual([]);
    expect(bytesOf(place)).not.toContain(old);
  });
});

describe('purge', () => {
  test('deletes nothing when one id is unknown', () => {
    const store = canaryStore(newPlace());
    expect(errorOf(() => store.purge([reportOf('stays').call.id, 'zz'])).kind).toBe('failed');
    expect(store.list()).toHaveLength(2);
  });

  test('takes an id and its beginning as one call, and an empty list as none', () => {
    const store = canaryStore(newPlace());
    const { id } = reportOf('stays').call;
    expect(store.purge([])).toEqual({ calls: 0, utterances: 0, flags: 0 });
    expect(store.purge([id, id.slice(0, 5)])).toEqual({ calls: 1, utterances: 1, flags: 1 });
  });

  test('that was killed before its traces were wiped is finished by the next opening', () => {
    const place = newPlace();
    canaryStore(place).close();
    const db = rawConnection(place, keyOf(place));
    db.pragma('secure_delete = OFF');
    db.exec('begin; delete from calls; delete from checkpoints; pragma user_version = 1; commit');
    db.close();
    expect(decryptedPages(place, keyOf(place))).toContain('canarytext');
    openStore(place.dir, place.configDir).close();
    expect(canariesIn(decryptedPages(place, keyOf(place)))).toEqual([]);
  });

  test('says so when another process keeps the log in use; the next opening wipes it', () => {
    const place = newPlace();
    const store = canaryStore(place);
    const reader = rawConnection(place, keyOf(place));
    reader.exec('begin');
    reader.prepare('select count(*) from calls').get();
    const error = errorOf(() => store.purge([reportOf('canaryfile').call.id]));
    expect([error.kind, error.message]).toEqual(['failed', expect.stringContaining('The calls are deleted, but')]);
    reader.close();
    store.close();
    openStore(place.dir, place.configDir).close();
    expect(canariesIn(decryptedPages(place, keyOf(place)))).toEqual([]);
  }, 30_000);
});

describe('purging everything', () => {
  test('leaves a working store with a new key, and a copy of the old files stays shut', () => {
    const [place, copy] = [newPlace(), newPlace()];
    const store = canaryStore(place);
    mkdirSync(copy.dir, { recursive: true });
    copyFileSync(databaseFile(place.dir), databaseFile(copy.dir));
    const old = keyOf(place);
    store.purgeAll();
    expect(store.save(reportOf('later'))).toMatchObject({ revision: 1, isFirst: true });
    store.close();
    expect(keyOf(place)).not.toBe(old);
    expect(() => rawConnection(place, old).prepare('select 1 from calls').get()).toThrow('not a database');
    expect(() => rawConnection(copy, keyOf(place)).prepare('select 1 from calls').get()).toThrow('not a database');
    expect(readdirSync(place.configDir)).toEqual(['store.key']);
    const again = openStore(place.dir, place.configDir);
    expect(again.list().map(({ file }) => file)).toEqual(['later.wav']);
    again.close();
  });

  test('deletes all calls and keeps the key while another process has the store open', async () => {
    const place = newPlace();
    const store = canaryStore(place);
    const key = keyOf(place);
    const child = await startChild('hold-after-save', place);
    const error = errorOf(() => store.purgeAll());
    expect([error.kind, error.message]).toEqual(['failed', expect.stringContaining('the key was not renewed')]);
    expect([store.list(), keyOf(place)]).toEqual([[], key]);
    expect(canariesIn(decryptedPages(place, key))).toEqual([]);
    await child.kill();
    expect(store.purgeAll()).toEqual({ calls: 0, utterances: 0, flags: 0 });
    expect(keyOf(place)).not.toBe(key);
  }, 30_000);

  const next = 'ab'.repeat(32);
  test.each([
    ['before the database changed', false, (key: string) => key],
    ['after the database changed', true, (key: string) => key],
    ['after the old key was destroyed', true, () => 'x9'.repeat(32)],
  ])('cut off %s, the store opens', (_, isChanged, present) => {
    const place = newPlace();
    canaryStore(place).close();
    const old = keyOf(place);
    if (isChanged) rekey(place, old, next);
    writeFileSync(`${keyFile(place.configDir)}.next`, next);
    writeFileSync(keyFile(place.configDir), present(old));
    const store = openStore(place.dir, place.configDir);
    expect(store.list()).toHaveLength(2);
    expect(keyOf(place)).toBe(isChanged ? next : old);
    expect(readdirSync(place.configDir)).toEqual(['store.key']);
    store.purgeAll();
    store.close();
    expect(readdirSync(place.configDir)).toEqual(['store.key']);
    expect([old, next]).not.toContain(keyOf(place));
  });
});

function rekey(place: Place, from: string, to: string): void {
  const db = rawConnection(place, from);
  db.pragma('journal_mode = DELETE');
  db.pragma(`rekey = "x'${to}'"`);
  db.close();
}
