import { describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/store.js';
import { decryptedPages } from './pages.js';
import { errorOf, keyOf, newPlace, type Place, rawConnection } from './place.js';
import { pieceOf, reportOf } from './reports.js';

const DAY_MS = 24 * 3600 * 1000;
const NOW = new Date('2026-11-28T00:00:00.000Z');

/** The moment this many days before now, at the end of its day. */
function daysAgo(days: number): string {
  return new Date(NOW.getTime() - days * DAY_MS + DAY_MS - 1).toISOString();
}

const AGES = [0, 1, 2, 7, 8, 30, 31, 90, 91, 92, 400];

/** A store with one call of each age in days. */
function agedStore({ dir, configDir }: Place = newPlace()): Store {
  const store = openStore(dir, configDir);
  for (const age of AGES) store.save(reportOf(`age ${age}`, { analyzedAt: daysAgo(age) }));
  return store;
}

function agesIn(store: Store): number[] {
  return store
    .list()
    .map(({ file }) => Number(/\d+/.exec(file)?.[0]))
    .sort((a, b) => a - b);
}

describe('calls purge themselves', () => {
  test.each<[setting: number | null | 'not set', stay: number[]]>([
    ['not set', [0, 1, 2, 7, 8, 30, 31, 90]],
    [90, [0, 1, 2, 7, 8, 30, 31, 90]],
    [1, [0, 1]],
    [7, [0, 1, 2, 7]],
    [30, [0, 1, 2, 7, 8, 30]],
    [91, [0, 1, 2, 7, 8, 30, 31, 90, 91]],
    [365, [0, 1, 2, 7, 8, 30, 31, 90, 91, 92]],
    [36500, AGES],
    [null, AGES],
  ])('with a retention of %s days, those of %j days stay', (setting, stay) => {
    const place = newPlace();
    const first = agedStore(place);
    if (setting !== 'not set') first.setRetention(setting);
    expect(agesIn(first)).toEqual(AGES);
    first.close();
    const store = openStore(place.dir, place.configDir);
    expect(store.retention(NOW)).toMatchObject({
      days: setting === 'not set' ? 90 : setting,
      kept: 0,
      expired: AGES.length - stay.length,
    });
    expect(store.purgeExpired(NOW)).toEqual({ calls: AGES.length - stay.length, unfinished: 0 });
    expect(agesIn(store)).toEqual(stay);
    expect(store.purgeExpired(NOW)).toEqual({ calls: 0, unfinished: 0 });
  });

  test('by the day of the last analysis, not by the day of the call', () => {
    const store = agedStore();
    store.save(reportOf('age 400', { analyzedAt: daysAgo(0), date: '2020-01-01' }));
    store.save(reportOf('age 0', { analyzedAt: daysAgo(0), date: '2020-01-01' }));
    store.purgeExpired(NOW);
    expect(agesIn(store)).toEqual([0, 1, 2, 7, 8, 30, 31, 90, 400]);
  });

  test('except those that are pinned, for as long as they are', () => {
    const store = agedStore();
    const { id } = reportOf('age 400').call;
    expect(store.keep(id.slice(0, 6), true)).toBe(id);
    expect(store.get(id).call.kept).toBe(true);
    expect(
      store
        .list()
        .filter(({ kept }) => kept)
        .map(call => call.id),
    ).toEqual([id]);
    expect(store.retention(NOW)).toMatchObject({ days: 90, kept: 1, expired: 2 });
    store.purgeExpired(NOW);
    // The one that is 90 days old goes tomorrow; the older one is pinned.
    expect(store.retention(NOW)).toEqual({ days: 90, kept: 1, expired: 0, next: daysAgo(-1).slice(0, 10) });
    expect(agesIn(store)).toContain(400);
    store.save(reportOf('age 400', { analyzedAt: daysAgo(300) }));
    store.purgeExpired(NOW);
    expect(agesIn(store)).toContain(400);
    store.keep(id, false);
    expect(store.get(id).call.kept).toBe(false);
    expect(store.purgeExpired(NOW)).toEqual({ calls: 1, unfinished: 0 });
    expect(agesIn(store)).not.toContain(400);
  });

  test('and so does what was heard in a stopped analysis', () => {
    const place = newPlace();
    const store = agedStore(place);
    for (const sha256 of ['aa', 'bb']) store.saveCheckpoint(sha256, 's', 'w', [pieceOf(`heard in ${sha256}`)]);
    const db = rawConnection(place, keyOf(place));
    db.prepare('update checkpoints set saved_at = ? where sha256 = ?').run(daysAgo(90), 'aa');
    db.prepare('update checkpoints set saved_at = ? where sha256 = ?').run(daysAgo(91), 'bb');
    db.close();
    expect(store.purgeExpired(NOW)).toEqual({ calls: 3, unfinished: 1 });
    expect([store.checkpoints('aa', 's').size, store.checkpoints('bb', 's').size]).toEqual([1, 0]);
  });

  test('without a trace', () => {
    const place = newPlace();
    const store = agedStore(place);
    store.save(
      reportOf(
        'old',
        { analyzedAt: daysAgo(91), company: 'canarycompany' },
        { utterances: [{ id: 0, ...pieceOf('canarytext') }] },
      ),
    );
    expect(decryptedPages(place, keyOf(place))).toContain('canarytext');
    store.purgeExpired(NOW);
    expect(decryptedPages(place, keyOf(place))).not.toMatch(/canary/);
    expect(store.search({ phrases: ['canarytext'], limit: 1 })).toEqual([]);
  });

  test('once, when two commands come at the same time', () => {
    const place = newPlace();
    const [one, two] = [agedStore(place), openStore(place.dir, place.configDir)];
    expect([one.purgeExpired(NOW).calls, two.purgeExpired(NOW).calls]).toEqual([3, 0]);
  });

  test('even while another process keeps the log in use; the next opening wipes the traces', () => {
    const place = newPlace();
    const store = agedStore(place);
    store.save(reportOf('old', { analyzedAt: daysAgo(91), company: 'canarycompany' }));
    const reader = rawConnection(place, keyOf(place));
    reader.exec('begin');
    reader.prepare('select count(*) from calls').get();
    expect(store.purgeExpired(NOW).calls).toBe(4);
    expect(agesIn(store)).not.toContain(91);
    reader.close();
    store.close();
    openStore(place.dir, place.configDir).close();
    expect(decryptedPages(place, keyOf(place))).not.toMatch(/canary/);
  }, 30_000);
});

test('purging everything keeps the setting', () => {
  const store = agedStore();
  store.setRetention(7);
  store.purgeAll();
  expect(store.retention(NOW)).toEqual({ days: 7, kept: 0, expired: 0, next: null });
});

test('only a call that is there can be pinned', () => {
  expect(errorOf(() => agedStore().keep('zz', true)).message).toContain('No call “zz” is kept');
});
