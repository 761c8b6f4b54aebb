import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { databaseFile, keyFile, openStore } from '../../src/store/store.js';
import { errorOf, fingerprint, keyOf, newPlace, type Place, rawConnection } from './place.js';
import { startChild } from './process.js';
import { reportOf } from './reports.js';

function filledPlace(): Place {
  const place = newPlace();
  const store = openStore(place.dir, place.configDir);
  for (let n = 0; n < 20; n++) store.save(reportOf(`call ${n}`));
  store.close();
  return place;
}

function reopen({ dir, configDir }: Place): number {
  const store = openStore(dir, configDir);
  const count = store.list().length;
  store.close();
  return count;
}

function cutDatabase({ dir }: Place, keep: (bytes: number) => number): void {
  const content = readFileSync(databaseFile(dir));
  writeFileSync(databaseFile(dir), content.subarray(0, keep(content.length)));
}

const REFUSED: [what: string, spoil: (place: Place) => void, sentence: RegExp][] = [
  ['a missing key', ({ configDir }) => rmSync(keyFile(configDir)), /key \S+store\.key is missing/],
  ['a missing config folder', ({ configDir }) => rmSync(configDir, { recursive: true }), /store\.key is missing/],
  ['a damaged key', ({ configDir }) => writeFileSync(keyFile(configDir), 'abc'), /store\.key is damaged/],
  [
    'another key',
    ({ configDir }) => writeFileSync(keyFile(configDir), randomBytes(32).toString('hex')),
    /does not fit/,
  ],
  ['a plain SQLite file', ({ dir }) => writePlain(databaseFile(dir)), /offrecord\.db is not encrypted/],
  ['a foreign file', ({ dir }) => writeFileSync(databaseFile(dir), randomBytes(8192)), /does not fit/],
  ['an empty file', ({ dir }) => writeFileSync(databaseFile(dir), ''), /cut short \(0 bytes\)/],
  ['a file cut within its first page', place => cutDatabase(place, () => 2000), /cut short \(2000 bytes\)/],
  ['a file cut within its last page', place => cutDatabase(place, bytes => bytes - 100), /cut short/],
  ['a file cut at a page', place => cutDatabase(place, bytes => bytes - 4096), /damaged or cut short/],
  ['a file cut after its first page', place => cutDatabase(place, () => 4096), /damaged or cut short/],
  ['a folder in its place', ({ dir }) => replaceByFolder(databaseFile(dir)), /offrecord\.db is not a file/],
  ['a newer schema', addUnknownStep, /newer offrecord \(it has “holograms”\)/],
];

function writePlain(file: string): void {
  rmSync(file);
  new Sqlite(file).exec('create table t (a)').close();
}

function replaceByFolder(file: string): void {
  rmSync(file);
  mkdirSync(file);
}

function addUnknownStep(place: Place): void {
  const db = rawConnection(place, keyOf(place));
  db.prepare("insert into migrations (name) values ('holograms')").run();
  db.close();
}

describe('a store that can’t be opened is refused and left as it is', () => {
  test.each(REFUSED)('%s', (_, spoil, sentence) => {
    const place = filledPlace();
    spoil(place);
    const before = fingerprint(place);
    const error = errorOf(() => openStore(place.dir, place.configDir));
    expect(error.kind).toBe('store-locked');
    expect(error.message).toMatch(sentence);
    expect(error.message).toContain(dirname(place.dir));
    expect(fingerprint(place)).toEqual(before);
  });

  test('with the log of a killed process, and the wrong key; the right key then finds every call', async () => {
    const place = newPlace();
    const child = await startChild('hold-after-save', place);
    await child.kill();
    const key = keyOf(place);
    writeFileSync(keyFile(place.configDir), randomBytes(32).toString('hex'));
    rmSync(`${databaseFile(place.dir)}-shm`);
    const before = fingerprint(place);
    expect(Object.keys(before).some(path => path.endsWith('-wal'))).toBe(true);
    expect(errorOf(() => openStore(place.dir, place.configDir)).kind).toBe('store-locked');
    expect(fingerprint(place)).toEqual(before);
    writeFileSync(keyFile(place.configDir), key);
    expect(reopen(place)).toBe(1);
  });

  test('a log without its database', async () => {
    const place = newPlace();
    await (await startChild('hold-after-save', place)).kill();
    rmSync(databaseFile(place.dir));
    const before = fingerprint(place);
    const error = errorOf(() => openStore(place.dir, place.configDir));
    expect([error.kind, error.message]).toEqual(['store-locked', expect.stringContaining('database')]);
    expect(fingerprint(place)).toEqual(before);
  });
});

describe('a new store', () => {
  test('uses a key that is there: a kill between key and database locks no one out', () => {
    const place = filledPlace();
    const key = keyOf(place);
    rmSync(databaseFile(place.dir));
    expect(reopen(place)).toBe(0);
    expect(keyOf(place)).toBe(key);
  });

  test('has a key of 32 random bytes, and each store its own', () => {
    const keys = [filledPlace(), filledPlace()].map(keyOf);
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  test('leaves nothing but key and database, and drops what an old kill left', () => {
    const place = filledPlace();
    const left = [`${databaseFile(place.dir)}.new-0a`, `${databaseFile(place.dir)}.new-0a-journal`];
    const fresh = `${databaseFile(place.dir)}.new-0b`;
    for (const file of [...left, fresh]) writeFileSync(file, '');
    for (const file of left) utimesSync(file, 1, 1);
    reopen(place);
    expect(readdirSync(place.dir).sort()).toEqual(['offrecord.db', 'offrecord.db.new-0b']);
    expect(readdirSync(place.configDir)).toEqual(['store.key']);
  });

  test('is not put into a shared folder with other files, nor where a file stands in the way', () => {
    const { dir, configDir } = newPlace();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'diary.txt'), '');
    chmodSync(dir, 0o755);
    const errors = [dir, join(dir, 'diary.txt')].map(folder => errorOf(() => openStore(folder, configDir)));
    expect(errors.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    expect(errors[0]?.message).toContain('open to other users');
    expect(modeOf(dir)).toBe('755');
    expect(readdirSync(dir)).toEqual(['diary.txt']);
  });

  test('made by several processes at once is one store', async () => {
    const place = newPlace();
    const children = await Promise.all([1, 2, 3].map(() => startChild('hold-after-save', place)));
    expect(children.map(child => child.errors())).toEqual(['', '', '']);
    expect(reopen(place)).toBe(3);
  });
});

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

function modesOf({ dir, configDir }: Place): Record<string, string> {
  const files = [dir, configDir].flatMap(folder => readdirSync(folder).map(name => [name, modeOf(join(folder, name))]));
  return { dir: modeOf(dir), configDir: modeOf(configDir), ...Object.fromEntries(files) };
}

const CLOSED = {
  dir: '700',
  configDir: '700',
  'store.key': '600',
  'offrecord.db': '600',
  'offrecord.db-wal': '600',
  'offrecord.db-shm': '600',
};

describe.skipIf(process.platform === 'win32')('only the owner has rights', () => {
  test('on what is made, whatever the umask', async () => {
    const place = newPlace();
    await startChild('hold-after-save', place);
    expect(modesOf(place)).toEqual(CLOSED);
  });

  test('on what was opened to others, after the next opening', async () => {
    const place = newPlace();
    await startChild('hold-after-save', place);
    chmodSync(place.dir, 0o755);
    chmodSync(place.configDir, 0o750);
    for (const name of readdirSync(place.dir)) chmodSync(join(place.dir, name), 0o644);
    chmodSync(keyFile(place.configDir), 0o604);
    reopen(place);
    expect(modesOf(place)).toEqual(CLOSED);
  });
});

test('a copy of the store opens with cipher and key alone, and its log and deletions are safe', () => {
  const place = filledPlace();
  const copy = newPlace();
  mkdirSync(copy.dir, { recursive: true });
  copyFileSync(databaseFile(place.dir), databaseFile(copy.dir));
  const db = rawConnection(copy, keyOf(place));
  expect(db.prepare('select count(*) from calls').pluck().get()).toBe(20);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});
