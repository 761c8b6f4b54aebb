import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openStore, type Store, withStore } from '../../src/store/store.js';
import { errorOf, newPlace, type Place } from './place.js';
import { flagOf, pieceOf, reportOf } from './reports.js';

function opened({ dir, configDir }: Place = newPlace()): Store {
  return openStore(dir, configDir);
}

describe('save and get', () => {
  test('a report comes back as it was, from a store that was closed in between', () => {
    const place = newPlace();
    const report = reportOf('one', { company: 'Ünïcode & Söhne “GmbH”', role: 'dev' });
    withStoreOf(place, store => store.save(report));
    expect(withStoreOf(place, store => store.get(report.call.id))).toEqual(report);
  });

  test('the same recording again is the next revision of one call', () => {
    const store = opened();
    store.save(reportOf('one', { kept: true }));
    const again = reportOf('one', { id: 'another', analyzedAt: '2026-11-21T10:00:00.000Z' });
    expect(store.save(again)).toEqual({ id: reportOf('one').call.id, revision: 2, isFirst: false, dismissed: 0 });
    expect(store.list()).toMatchObject([
      { id: reportOf('one').call.id, revision: 2, analyzedAt: again.call.analyzedAt },
    ]);
    expect(store.get(reportOf('one').call.id).call).toMatchObject({ analyzedAt: again.call.analyzedAt, kept: true });
  });

  test('only the first call that is kept is the first', () => {
    const store = opened();
    expect(['one', 'two', 'one'].map(name => store.save(reportOf(name)).isFirst)).toEqual([true, false, false]);
  });

  test('two recordings with the same short id are two calls', () => {
    const store = opened();
    const [one, two] = [reportOf('one', { id: 'same' }), reportOf('two', { id: 'same' })];
    expect([store.save(one).id, store.save(two).id]).toEqual(['same', two.call.sha256]);
    expect(store.get('same').call.file).toBe('one.wav');
    expect(store.get(two.call.sha256.slice(0, 6)).call.file).toBe('two.wav');
  });
});

describe('ids', () => {
  const store = (): Store => {
    const filled = opened();
    for (const [n, id] of ['abc', 'abcd', 'abce', 'abcf', 'b%_'].entries()) filled.save(reportOf(`call ${n}`, { id }));
    return filled;
  };

  test.each([
    ['abc', 'abc'],
    ['abcd', 'abcd'],
    ['b', 'b%_'],
    ['b%', 'b%_'],
  ])('%s names one call', (given, id) => {
    expect(store().get(given).call.id).toBe(id);
  });

  test.each([
    ['ab', '“ab” is the beginning of several ids (abc, abcd, abce, …)'],
    ['x', 'No call “x” is kept'],
    ['', 'No call “” is kept'],
    ['%', 'No call “%” is kept'],
    ['abcdef', 'No call “abcdef” is kept'],
  ])('“%s” names none', (given, sentence) => {
    const error = errorOf(() => store().get(given));
    expect(error.kind).toBe('failed');
    expect(error.message).toContain(sentence);
  });
});

test('a list has the newest call first and counts the flags that stand', () => {
  const store = opened();
  const flags = [
    flagOf({ id: 0 }),
    flagOf({ id: 1, family: 'pressure', label: 'urgency-scarcity' }),
    flagOf({ id: 2, family: 'pressure', label: 'authority-shift' }),
    flagOf({ id: 3, family: 'pressure', label: 'authority-shift', dismissed: true }),
    flagOf({ id: 4, family: 'ip-harvesting', label: 'free-work' }),
  ];
  store.save(reportOf('old', { date: '2026-10-01', analyzedAt: '2026-11-22T10:00:00.000Z' }));
  store.save(reportOf('undated', { analyzedAt: '2026-11-20T10:00:00.000Z' }));
  store.save(reportOf('new', { date: '2026-11-21', company: 'Acme', role: 'dev', duration: null }, { flags }));
  expect(store.list().map(({ file }) => file)).toEqual(['new.wav', 'undated.wav', 'old.wav']);
  expect(store.list()[0]).toEqual({
    id: reportOf('new').call.id,
    file: 'new.wav',
    date: '2026-11-21',
    company: 'Acme',
    role: 'dev',
    duration: null,
    verdict: 'ask',
    flags: { recording: 1, pressure: 2, 'ip-harvesting': 1, 'data-harvesting': 0 },
    analyzedAt: '2026-11-20T10:00:00.000Z',
    kept: false,
    note: null,
    revision: 1,
  });
});

describe('checkpoints', () => {
  test('come back by recording and settings, the last of a window standing', () => {
    const place = newPlace();
    withStoreOf(place, store => {
      store.saveCheckpoint('aa', 'base.en', '0:0-30', [pieceOf('first try')]);
      store.saveCheckpoint('aa', 'base.en', '0:0-30', [pieceOf('hello')]);
      store.saveCheckpoint('aa', 'base.en', '0:30-60', []);
      store.saveCheckpoint('aa', 'tiny.en', '0:0-30', [pieceOf('hallo')]);
      store.saveCheckpoint('bb', 'base.en', '0:0-30', [pieceOf('other')]);
    });
    withStoreOf(place, store => {
      const expected = new Map([
        ['0:0-30', [pieceOf('hello')]],
        ['0:30-60', []],
      ]);
      expect(store.checkpoints('aa', 'base.en')).toEqual(expected);
      store.clearCheckpoints('aa');
      expect([store.checkpoints('aa', 'base.en').size, store.checkpoints('aa', 'tiny.en').size]).toEqual([0, 0]);
      expect(store.checkpoints('bb', 'base.en').size).toBe(1);
    });
  });

  test('of a recording go when its report is saved, others stay', () => {
    const store = opened();
    const [one, two] = [reportOf('one'), reportOf('two')];
    store.saveCheckpoint(one.call.sha256, 's', 'w', [pieceOf('one')]);
    store.saveCheckpoint(two.call.sha256, 's', 'w', [pieceOf('two')]);
    store.save(one);
    expect(store.checkpoints(one.call.sha256, 's').size).toBe(0);
    expect(store.checkpoints(two.call.sha256, 's').size).toBe(1);
  });
});

test('withStore makes nothing where there is no store, and closes after an error', () => {
  const place = newPlace();
  expect(withStore(place.dir, place.configDir, store => store.list())).toBeNull();
  expect([existsSync(place.dir), existsSync(place.configDir)]).toEqual([false, false]);
  opened(place).close();
  let used: Store | undefined;
  const fail = (store: Store): never => {
    used = store;
    throw new Error('stop');
  };
  expect(() => withStore(place.dir, place.configDir, fail)).toThrow('stop');
  expect(() => used?.list()).toThrow('not open');
});

function withStoreOf<T>(place: Place, use: (store: Store) => T): T {
  const store = opened(place);
  try {
    return use(store);
  } finally {
    store.close();
  }
}
