import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { databaseFile, type Fragments, openStore, type Store, searchFiles } from '../../src/store/store.js';
import { keyOf, newPlace, type Place, rawConnection } from './place.js';
import { CANARIES, canaryReport, pieceOf, reportOf } from './reports.js';

const ALL = { ids: [], company: null, before: null, withWords: false };
const { id } = canaryReport().call;

function filledStore(place: Place): Store {
  const store = openStore(place.dir, place.configDir);
  const { sha256 } = canaryReport().call;
  store.save(canaryReport(), join('/calls', 'canaryfile.wav'));
  store.saveCheckpoint(sha256, 'settings', 'window', [pieceOf('canarycheckpoint and more')]);
  store.save(reportOf('stays'), join('/calls', 'stays.wav'));
  return store;
}

function fragmentsOf(store: Store, transcriptsOnly = false): Fragments {
  return store.fragments(store.plan({ ...ALL, ids: [id] }), transcriptsOnly);
}

function textsOf({ finder }: Fragments): string {
  return finder.fragments.map(String).join('\n');
}

describe('the fragments of a call', () => {
  test('are of its words and its names, and of no call that stays', () => {
    const store = filledStore(newPlace());
    const fragments = fragmentsOf(store);
    for (const canary of [...CANARIES, 'canarycheckpoint'].filter(word => word !== 'canarywhy'))
      expect(textsOf(fragments)).toContain(canary);
    expect(fragments.finder.fragments.length).toBeGreaterThan(200);
    const again = canaryReport();
    store.save({ ...again, call: { ...again.call, id: 'twin', sha256: 'ab'.repeat(32) } });
    const shared = fragmentsOf(store);
    expect(shared.shared).toBeGreaterThan(200);
    expect(textsOf(shared)).not.toContain('canarytext');
  });

  test('leave out its names where only the words go', () => {
    const texts = textsOf(fragmentsOf(filledStore(newPlace()), true));
    expect(texts).toContain('canarytext');
    expect(texts).toContain('canarycheckpoint');
    expect(texts).not.toMatch(/canarycompany|canaryrole|canaryfile/);
  });
});

describe('a search after a purge', () => {
  test.each([[{}], [{ transcriptsOnly: true }]])('%j finds nothing, and before it finds all of it', options => {
    const place = newPlace();
    const store = filledStore(place);
    const fragments = fragmentsOf(store, 'transcriptsOnly' in options);
    const before = store.findFragments(fragments);
    expect(before.found).toEqual(
      expect.arrayContaining([
        'table calls, column report',
        'table checkpoints, column pieces',
        'table lines, column text',
        ...('transcriptsOnly' in options ? [] : ['table lines, column facts']),
        'unlocked pages of the database',
      ]),
    );
    store.purge([id], options);
    const after = store.findFragments(fragments);
    expect(after).toMatchObject({ tables: before.tables, found: [] });
    expect(after.values).toBeGreaterThan(10);
    expect(after.pageBytes).toBeGreaterThan(8192);
    store.close();
    const onDisk = searchFiles(place.dir, place.configDir, fragments);
    expect(onDisk.found).toEqual([]);
    expect(onDisk.files.map(({ path }) => path)).toContain(databaseFile(place.dir));
    expect(onDisk.bytes).toBe(onDisk.files.reduce((sum, { bytes }) => sum + bytes, 0));
  });

  test('finds what a table still has', () => {
    const place = newPlace();
    const store = filledStore(place);
    const fragments = fragmentsOf(store);
    store.purge([id]);
    const db = rawConnection(place, keyOf(place));
    db.exec(
      "create table leavings (said text, sound blob); insert into leavings values ('on canarytext number 7.', x'00')",
    );
    db.exec("insert into leavings values ('', cast('canaryquote of some length' as blob))");
    db.close();
    expect(store.findFragments(fragments).found).toEqual([
      'table leavings, column said',
      'table leavings, column sound',
      'unlocked pages of the database',
    ]);
    store.close();
    expect(searchFiles(place.dir, place.configDir, fragments).found).toEqual([]);
  });

  test('finds what only a free page still has', () => {
    const place = newPlace();
    const store = filledStore(place);
    const fragments = fragmentsOf(store);
    store.close();
    const db = rawConnection(place, keyOf(place));
    db.pragma('secure_delete = OFF');
    db.exec('begin; delete from calls; delete from checkpoints; commit');
    db.close();
    const again = openStore(place.dir, place.configDir);
    expect(again.findFragments(fragments).found).toEqual(['unlocked pages of the database']);
    again.close();
  });

  test.each([
    ['beside the database', 0],
    ['across the border of two blocks', (1 << 20) - 7],
    ['far behind', 3 * (1 << 20) + 11],
  ])('finds what a file holds in plain text %s', (_, offset) => {
    const place = newPlace();
    const store = filledStore(place);
    const fragments = fragmentsOf(store);
    store.purge([id]);
    store.close();
    const deeper = join(place.dir, 'deeper');
    mkdirSync(deeper);
    writeFileSync(join(deeper, 'cache.bin'), `${'.'.repeat(offset)}canarytext number 199...`);
    writeFileSync(join(place.configDir, 'copy'), 'canarycompany');
    expect(searchFiles(place.dir, place.configDir, fragments).found.sort()).toEqual(
      [join(deeper, 'cache.bin'), join(place.configDir, 'copy')].sort(),
    );
  });
});
