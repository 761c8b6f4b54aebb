import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { nameCommand, openStore, type Store } from '../../src/store/store.js';
import { decryptedPages } from './pages.js';
import { errorOf, keyOf, newPlace, type Place, rawConnection } from './place.js';
import { flagOf, pieceOf, reportOf, sha256Of } from './reports.js';

afterEach(() => nameCommand(''));

const [ONE, TWO] = [reportOf('one'), reportOf('two')];
const WORDS = ['canarytext', 'canaryfile', 'canarycompany', 'canaryrole'];

function opened({ dir, configDir }: Place = newPlace()): Store {
  return openStore(dir, configDir);
}

/** The log without its times. */
function logOf(store: Store): object[] {
  return store.log().map(({ at: _, ...entry }) => entry);
}

function entry(event: string, parts: object = {}): object {
  return { event, command: 'none', call: null, calls: null, utterances: null, flags: null, days: null, ...parts };
}

test('the log tells what was analysed, read, listed and purged, by which command and when', () => {
  const started = new Date().toISOString();
  const store = opened();
  nameCommand('analyze');
  store.save(ONE);
  store.save({ ...TWO, flags: [flagOf({}), flagOf({})] });
  nameCommand('show');
  store.get(ONE.call.id.slice(0, 5));
  nameCommand('list');
  store.record('listed', { calls: 2 });
  nameCommand('purge');
  store.saveCheckpoint(sha256Of('stopped'), 'settings', 'window', [pieceOf('so far')]);
  store.purge([TWO.call.id, sha256Of('stopped').slice(0, 8)]);
  expect(logOf(store)).toEqual([
    entry('analyzed', { command: 'analyze', call: ONE.call.id, utterances: 1, flags: 1 }),
    entry('analyzed', { command: 'analyze', call: TWO.call.id, utterances: 1, flags: 2 }),
    entry('read', { command: 'show', call: ONE.call.id }),
    entry('listed', { command: 'list', calls: 2 }),
    entry('purged', { command: 'purge', call: sha256Of('stopped').slice(0, 8), calls: 0 }),
    entry('purged', { command: 'purge', call: TWO.call.id, calls: 1, utterances: 1, flags: 2 }),
  ]);
  expect(store.log(2)).toEqual(store.log().slice(-2));
  for (const { at } of store.log()) {
    expect(new Date(at).toISOString()).toBe(at);
    expect(at >= started && at <= new Date().toISOString()).toBe(true);
  }
});

test('the log tells what was pinned, how long calls are kept, and what went in which way', () => {
  const place = newPlace();
  const store = opened(place);
  const old = { analyzedAt: '2026-01-01T00:00:00.000Z' };
  for (const name of ['one', 'two', 'three']) store.save(reportOf(name, old));
  store.keep(ONE.call.id, true);
  store.keep(TWO.call.id, true);
  store.keep(TWO.call.id, false);
  store.setRetention(null);
  store.setRetention(30);
  store.purge([TWO.call.id], { transcriptsOnly: true });
  store.purgeExpired(new Date('2026-03-01'));
  const recording = join(place.dir, '..', 'canaryfile.wav');
  writeFileSync(recording, 'one');
  store.save(ONE, recording);
  store.purge([ONE.call.id], { withRecordings: true });
  const counts = { calls: 1, utterances: 1, flags: 1 };
  const three = reportOf('three').call.id;
  expect(logOf(store).slice(3)).toEqual([
    entry('pinned', { call: ONE.call.id }),
    entry('pinned', { call: TWO.call.id }),
    entry('unpinned', { call: TWO.call.id }),
    entry('retention-off'),
    entry('retention-set', { days: 30 }),
    entry('words-purged', { call: TWO.call.id, ...counts }),
    entry('expired', { call: TWO.call.id, ...counts }),
    entry('expired', { call: three, ...counts }),
    entry('analyzed', { call: ONE.call.id, utterances: 1, flags: 1 }),
    entry('purged', { call: ONE.call.id, ...counts }),
    entry('recordings-purged', { calls: 1 }),
  ]);
  store.changeLock({ way: 'file' });
  store.renewKey();
  expect(logOf(store).slice(-2)).toEqual([entry('lock-changed'), entry('key-changed')]);
  expect(JSON.stringify(store.log())).not.toContain('canaryfile');
});

test('what failed is not in it', () => {
  const store = opened();
  store.save(ONE);
  errorOf(() => store.get('zz'));
  errorOf(() => store.purge([ONE.call.id, 'zz']));
  expect(logOf(store)).toEqual([entry('analyzed', { call: ONE.call.id, utterances: 1, flags: 1 })]);
});

describe('no line can be changed or lost', () => {
  test.each([
    ['changed', "update audit_log set event = 'read'"],
    ['deleted', 'delete from audit_log'],
    ['replaced', "insert or replace into audit_log (number, event, command) values (1, 'read', 'show')"],
  ])('%s', (_, sql) => {
    const place = newPlace();
    const store = opened(place);
    store.save(ONE);
    const before = store.log();
    const db = rawConnection(place, keyOf(place));
    expect(() => db.exec(sql)).toThrow('the audit log is append-only');
    db.close();
    expect(store.log()).toEqual(before);
  });

  test('nor by purging each call', () => {
    const store = opened();
    store.save(ONE);
    store.purge([ONE.call.id]);
    expect(store.log()).toHaveLength(2);
  });
});

describe('no words', () => {
  test('of a call are in it, nor its names', () => {
    const store = opened();
    const call = { id: 'canaryfile', company: 'canarycompany', role: 'canaryrole' };
    const parts = { utterances: [{ id: 0, ...pieceOf('canarytext') }], flags: [flagOf({ quote: 'canarytext' })] };
    store.save(reportOf('canaryfile', call, parts));
    nameCommand('canarytext of a command');
    store.get('canaryfile');
    store.purge(['canaryfile']);
    expect(store.log().map(({ event }) => event)).toEqual(['analyzed', 'read', 'purged']);
    expect(WORDS.filter(word => JSON.stringify(store.log()).includes(word))).toEqual([]);
  });

  test.each([
    ['an id', "insert into audit_log (event, command, call_id) values ('read', 'show', 'Laura Palmer')"],
    ['a command', "insert into audit_log (event, command) values ('read', 'show Laura')"],
    ['an event', "insert into audit_log (event, command) values ('Laura said', 'show')"],
    ['a number', "insert into audit_log (event, command, calls) values ('read', 'show', 'Laura')"],
  ])('fit into it as %s', (_, sql) => {
    const place = newPlace();
    opened(place).close();
    const db = rawConnection(place, keyOf(place));
    expect(() => db.exec(sql)).toThrow(/CHECK constraint failed|cannot store TEXT value in INTEGER column/);
    db.close();
  });
});

test('purging everything begins a new log, and no byte of the old one is left', () => {
  const place = newPlace();
  const store = opened(place);
  const old = keyOf(place);
  store.save(ONE);
  store.get(ONE.call.id);
  expect(decryptedPages(place, old)).toContain(ONE.call.id);
  store.purgeAll();
  expect(logOf(store)).toEqual([entry('purged', { calls: 1, utterances: 1, flags: 1 }), entry('key-changed')]);
  expect([old, keyOf(place)].map(key => decryptedPages(place, key)).join()).not.toContain(ONE.call.id);
  store.save(TWO);
  expect(store.log()).toHaveLength(3);
});

test('a store from before the log gets one, and keeps its calls', () => {
  const place = newPlace();
  const store = opened(place);
  store.save(ONE);
  store.close();
  const db = rawConnection(place, keyOf(place));
  db.exec("drop table audit_log; delete from migrations where name = 'audit-log'");
  db.close();
  const later = opened(place);
  expect([later.log(), later.list().length]).toEqual([[], 1]);
  later.save(TWO);
  expect(later.log()).toHaveLength(1);
});

test('what is kept is counted', () => {
  const store = opened();
  expect(store.kept()).toEqual({
    calls: 0,
    utterances: 0,
    flags: 0,
    unfinished: 0,
    oldest: null,
    searchable: 0,
    isPurgePending: false,
  });
  store.save(reportOf('one', { analyzedAt: '2026-11-21T10:00:00.000Z' }));
  store.save(reportOf('two', { analyzedAt: '2026-11-19T10:00:00.000Z' }, { flags: [] }));
  for (const window of ['0', '1']) store.saveCheckpoint(sha256Of('three'), 'settings', window, []);
  const oldest = '2026-11-19T10:00:00.000Z';
  expect(store.kept()).toEqual({
    calls: 2,
    utterances: 2,
    flags: 1,
    unfinished: 1,
    oldest,
    searchable: 2,
    isPurgePending: false,
  });
});
