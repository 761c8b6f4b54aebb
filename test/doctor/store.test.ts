import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/doctor/check.js';
import { checkStore } from '../../src/doctor/store.js';
import { databaseFile, keyFile, openStore } from '../../src/store/store.js';
import { wrapKey } from '../../src/store/wrapped-key.js';
import { fingerprint, keyOf, newPlace, type Place, rawConnection } from '../store/place.js';
import { startChild } from '../store/process.js';
import { reportOf } from '../store/reports.js';

function filledPlace(): Place {
  const place = newPlace();
  const store = openStore(place.dir, place.configDir);
  for (let n = 0; n < 20; n++) store.save(reportOf(`call ${n}`));
  store.close();
  return place;
}

/** What is not right, as `state name`, in order. */
function troubles(checks: Check[]): string[] {
  return checks.filter(({ state }) => state !== 'ok').map(({ state, name }) => `${state} ${name}`);
}

function look({ dir, configDir }: Place): Check[] {
  return checkStore(dir, configDir);
}

test('a sound store is sound, with a line for each check', () => {
  const checks = look(filledPlace());
  expect(troubles(checks)).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual([
    ...['key', 'store', 'pages', 'structure', 'search index', 'permissions', 'pending work', 'stopped analyses'],
  ]);
});

test('where nothing is kept, nothing is made', () => {
  const place = newPlace();
  expect(troubles(look(place))).toEqual([]);
  expect([existsSync(place.dir), existsSync(place.configDir)]).toEqual([false, false]);
});

function overwrite({ dir }: Place, at: number): void {
  const content = readFileSync(databaseFile(dir));
  content.write('spoiled', at);
  writeFileSync(databaseFile(dir), content);
}

function inDatabase(place: Place, sql: string): void {
  const db = rawConnection(place, keyOf(place));
  db.exec(sql);
  db.close();
}

const SPOILT: [what: string, spoil: (place: Place) => void, expected: string[]][] = [
  ['a missing key', ({ configDir }) => rmSync(keyFile(configDir)), ['failed key', 'failed store']],
  [
    'another key',
    ({ configDir }) => writeFileSync(keyFile(configDir), randomBytes(32).toString('hex')),
    ['failed key', 'failed store'],
  ],
  ['a passphrase that is not given', ({ configDir }) => lockKey(keyFile(configDir)), ['warning key']],
  [
    'a key of a newer program',
    ({ configDir }) => writeFileSync(keyFile(configDir), '{"offrecordKey":2}'),
    ['failed key'],
  ],
  ['a damaged page', place => overwrite(place, 5 * 4096 + 100), ['failed store', 'failed pages']],
  ['a database cut within a page', place => cut(place, bytes => bytes - 100), ['failed store']],
  ['a database cut at a page', place => cut(place, bytes => bytes - 4096), ['failed store']],
  ['a folder in its place', ({ dir }) => replaceByFolder(databaseFile(dir)), ['failed store']],
  ['a log without its database', ({ dir }) => makeOrphan(databaseFile(dir)), ['failed store']],
  ['a newer schema', place => inDatabase(place, "insert into migrations values ('holograms')"), ['failed store']],
  ['a broken structure', breakStructure, ['failed structure']],
  [
    'an index that lost a line',
    place => inDatabase(place, 'delete from lines where rowid = (select min(rowid) from lines)'),
    ['failed search index'],
  ],
  ['a new key that is due', place => inDatabase(place, 'pragma user_version = 2'), ['warning pending work']],
  ['a purge that was killed', place => inDatabase(place, 'pragma user_version = 1'), ['warning pending work']],
  [
    'a change of the key that was killed',
    ({ configDir }) => writeFileSync(`${keyFile(configDir)}.next`, randomBytes(32).toString('hex'), { mode: 0o600 }),
    ['warning pending work'],
  ],
  ['an analysis that was stopped', stopAnalysis, ['warning stopped analyses']],
  ['files open to others', ({ dir }) => chmodSync(databaseFile(dir), 0o644), ['failed permissions']],
  ['a folder open to others', ({ configDir }) => chmodSync(configDir, 0o755), ['failed permissions']],
];

function lockKey(file: string): void {
  const wrapped = wrapKey(readFileSync(file, 'utf8'), 'nobody says this one');
  writeFileSync(file, JSON.stringify({ offrecordKey: 1, way: 'passphrase', wrapped }));
}

function cut({ dir }: Place, keep: (bytes: number) => number): void {
  const content = readFileSync(databaseFile(dir));
  writeFileSync(databaseFile(dir), content.subarray(0, keep(content.length)));
}

function replaceByFolder(file: string): void {
  rmSync(file);
  mkdirSync(file, { mode: 0o700 });
}

function makeOrphan(file: string): void {
  rmSync(file);
  writeFileSync(`${file}-wal`, 'a log', { mode: 0o600 });
}

function stopAnalysis({ dir, configDir }: Place): void {
  const store = openStore(dir, configDir);
  store.saveCheckpoint('ab'.repeat(32), 'settings', 'window', []);
  store.close();
}

/** A row that its table would have refused. */
function breakStructure(place: Place): void {
  inDatabase(
    place,
    'create table t (a check (a > 0)); pragma ignore_check_constraints = on; insert into t values (-1)',
  );
}

function modesOf({ dir, configDir }: Place): string[] {
  const paths = [dir, configDir].flatMap(folder => [folder, ...readdirSync(folder).map(name => `${folder}/${name}`)]);
  return paths.map(path => `${path} ${statSync(path).mode} ${statSync(path).mtimeMs}`);
}

describe.skipIf(process.platform === 'win32')('what is wrong is found, told how to mend, and left as it is', () => {
  test.each(SPOILT)('%s', (_, spoil, expected) => {
    const place = filledPlace();
    spoil(place);
    const before = [fingerprint(place), filesOnly(modesOf(place))];
    const checks = look(place);
    expect(troubles(checks)).toEqual(expected);
    for (const { state, mend } of checks) expect(mend === null).toBe(state === 'ok');
    expect([fingerprint(place), filesOnly(modesOf(place))]).toEqual(before);
  });
});

/** Folders change their times when SQLite makes and removes its log beside the database. */
function filesOnly(modes: string[]): string[] {
  return modes.filter(line => /store\.key|offrecord\.db/.test(line));
}

describe('beside another process', () => {
  const unlessIndex = (place: Place): object =>
    Object.fromEntries(Object.entries(fingerprint(place)).filter(([path]) => !path.endsWith('-shm')));

  test('that has the store open, or was killed with it open, it looks and changes neither database nor log', async () => {
    const place = newPlace();
    const child = await startChild('hold-after-save', place);
    for (const end of [async () => {}, () => child.kill()]) {
      await end();
      const before = unlessIndex(place);
      expect(Object.keys(before).some(path => path.endsWith('-wal'))).toBe(true);
      expect(troubles(look(place))).toEqual([]);
      expect(unlessIndex(place)).toEqual(before);
    }
  });

  test('that left a log without its index, it leaves tidying up to the next command', async () => {
    const place = newPlace();
    await (await startChild('hold-after-save', place)).kill();
    rmSync(`${databaseFile(place.dir)}-shm`);
    const before = fingerprint(place);
    expect(troubles(look(place))).toEqual(['warning store']);
    expect(fingerprint(place)).toEqual(before);
  });
});
