import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readKeys } from '../../src/store/key.js';
import { rememberPassphrase } from '../../src/store/passphrase.js';
import { databaseFile, keyFile, keyWay, type Lock, openStore } from '../../src/store/store.js';
import { isWrappedKey, unwrapKey, wrapKey } from '../../src/store/wrapped-key.js';
import { errorOf, fingerprint, keyOf, newPlace, type Place, rawConnection } from './place.js';
import { reportOf } from './reports.js';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const FILE: Lock = { way: 'file' };
const ONE: Lock = { way: 'passphrase', passphrase: 'correct horse one' };
const TWO: Lock = { way: 'passphrase', passphrase: 'correct horse two' };

/** This process knows both passphrases from here on. */
beforeAll(() => {
  for (const lock of [ONE, TWO]) if (lock.way === 'passphrase') rememberPassphrase(lock.passphrase);
});

function placeWith(lock: Lock): Place {
  const place = newPlace();
  const store = openStore(place.dir, place.configDir, lock);
  store.save(reportOf('kept'));
  store.close();
  return place;
}

function filesIn({ dir, configDir }: Place): string[] {
  const store = openStore(dir, configDir);
  const files = store.list().map(({ file }) => file);
  store.close();
  return files;
}

function copyOf(place: Place): Place {
  const copy = newPlace();
  for (const folder of [copy.dir, copy.configDir]) mkdirSync(folder, { recursive: true });
  copyFileSync(databaseFile(place.dir), databaseFile(copy.dir));
  for (const name of readdirSync(place.configDir))
    copyFileSync(`${place.configDir}/${name}`, `${copy.configDir}/${name}`);
  return copy;
}

describe('a key that is wrapped with a passphrase', () => {
  const key = 'ab'.repeat(32);
  const wrapped = wrapKey(key, 'Zürich im Nebel');

  test('comes back with that passphrase alone, however its letters are composed', () => {
    expect(unwrapKey(wrapped, 'Zürich im Nebel'.normalize('NFD'))).toBe(key);
    expect(unwrapKey(wrapped, 'Zurich im Nebel')).toBeNull();
    expect(JSON.stringify(wrapped)).not.toContain(key);
    expect(wrapKey(key, 'Zürich im Nebel').scrypt.salt).not.toBe(wrapped.scrypt.salt);
  });

  test('is refused when the file was tampered with', () => {
    const flipped = (wrapped.key.startsWith('0') ? '1' : '0') + wrapped.key.slice(1);
    expect(unwrapKey({ ...wrapped, key: flipped }, 'Zürich im Nebel')).toBeNull();
  });

  const { scrypt } = wrapped;
  test.each<[what: string, value: unknown]>([
    ['that would take all the memory', { ...wrapped, scrypt: { ...scrypt, N: 2 ** 40 } }],
    ['with an odd cost', { ...wrapped, scrypt: { ...scrypt, N: 3 } }],
    ['with a cost that is no number', { ...wrapped, scrypt: { ...scrypt, r: '8' } }],
    ['with too many rounds', { ...wrapped, scrypt: { ...scrypt, p: 17 } }],
    ['with a short salt', { ...wrapped, scrypt: { ...scrypt, salt: 'abcd' } }],
    ['with a key that is not hex', { ...wrapped, key: 'x'.repeat(64) }],
    ['without a tag', { ...wrapped, tag: undefined }],
    ['that is nothing', null],
  ])('is not even tried: one %s', (_, value) => {
    expect(isWrappedKey(value)).toBe(false);
    expect(isWrappedKey(wrapped)).toBe(true);
  });
});

describe('changing the lock', () => {
  test.each<[string, Lock, Lock]>([
    ['from a file to a passphrase', FILE, ONE],
    ['from a passphrase to another', ONE, TWO],
    ['from a passphrase to a file', TWO, FILE],
  ])('%s keeps the calls and the database key', (_, from, to) => {
    const place = placeWith(from);
    const before = readKeys(place.configDir);
    const store = openStore(place.dir, place.configDir);
    store.changeLock(to);
    store.close();
    expect(readKeys(place.configDir)).toEqual(before);
    expect([filesIn(place), keyWay(place.configDir)]).toEqual([['kept.wav'], to.way]);
    expect(readdirSync(place.configDir)).toEqual(['store.key']);
  });

  test('to a passphrase leaves the key nowhere in the open', () => {
    const place = placeWith(FILE);
    const key = keyOf(place);
    const store = openStore(place.dir, place.configDir);
    store.changeLock(ONE);
    store.close();
    expect(readFileSync(keyFile(place.configDir), 'utf8')).not.toContain(key);
    expect(rawConnection(place, key).prepare('select count(*) from calls').pluck().get()).toBe(1);
  });

  test('with a new key shuts out whoever kept the old one', () => {
    const place = placeWith(FILE);
    const key = keyOf(place);
    const store = openStore(place.dir, place.configDir);
    store.changeLock(ONE);
    store.renewKey();
    store.close();
    expect(() => rawConnection(place, key).prepare('select 1 from calls').get()).toThrow('not a database');
    expect([filesIn(place), keyWay(place.configDir)]).toEqual([['kept.wav'], 'passphrase']);
  });

  test.each<[string, Lock, Lock]>([
    ['from a file to a passphrase', FILE, ONE],
    ['from a passphrase to another', ONE, TWO],
    ['from a passphrase to a file', TWO, FILE],
  ])(
    '%s, killed before each of its steps, leaves a store that opens',
    (_, from, to) => {
      const original = placeWith(from);
      const ways = new Set<string>();
      for (let step = 1; ; step++) {
        const place = copyOf(original);
        const args = [
          '--import',
          'tsx',
          CHILD,
          'change-lock',
          place.dir,
          place.configDir,
          JSON.stringify(to),
          `${step}`,
        ];
        const env = { ...process.env, OFFRECORD_PASSPHRASE: from.way === 'passphrase' ? from.passphrase : '' };
        const { signal, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
        expect(stderr).toBe('');
        expect(filesIn(place)).toEqual(['kept.wav']);
        expect(readdirSync(place.configDir)).toEqual(['store.key']);
        ways.add(
          readFileSync(keyFile(place.configDir), 'utf8') === readFileSync(keyFile(original.configDir), 'utf8')
            ? 'old'
            : 'new',
        );
        if (signal === null) {
          expect([stdout, step > 5]).toEqual(['ready\n', true]);
          break;
        }
      }
      expect([...ways]).toEqual(['old', 'new']);
    },
    240_000,
  );
});

describe('purging everything', () => {
  test('destroys a key that a passphrase locks, and the passphrase goes on', () => {
    const place = placeWith(ONE);
    const copy = copyOf(place);
    const store = openStore(place.dir, place.configDir);
    store.purgeAll();
    store.save(reportOf('later'));
    store.close();
    expect([filesIn(place), keyWay(place.configDir)]).toEqual([['later.wav'], 'passphrase']);
    copyFileSync(keyFile(place.configDir), keyFile(copy.configDir));
    expect(errorOf(() => filesIn(copy)).message).toContain('does not fit');
  });
});

test('a purge of everything that was killed before the new key gets it under the same passphrase', () => {
  const place = placeWith(ONE);
  const [old = ''] = readKeys(place.configDir);
  const db = rawConnection(place, old);
  db.pragma('user_version = 2');
  db.close();
  expect([filesIn(place), keyWay(place.configDir)]).toEqual([['kept.wav'], 'passphrase']);
  expect(readKeys(place.configDir)).toEqual([expect.not.stringMatching(old)]);
});

describe('a key file that can’t be used is refused and left as it is', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    ['of a newer version', file => writeFileSync(file, '{"offrecordKey":2,"way":"stars"}'), /newer offrecord.*Update/],
    ['of a foreign program', file => writeFileSync(file, '{"key":"abc"}'), /store\.key is damaged/],
    ['without what it needs', file => writeFileSync(file, '{"offrecordKey":1,"way":"passphrase"}'), /is damaged/],
    ['with another passphrase', file => rewrapForeign(file), /the passphrase does not unlock/],
    ['that names a keychain', file => writeFileSync(file, KEYCHAIN), /its key is in the keychain/],
  ])('%s', (_, spoil, sentence) => {
    const place = placeWith(FILE);
    spoil(keyFile(place.configDir));
    const before = fingerprint(place);
    const error = errorOf(() => openStore(place.dir, place.configDir));
    expect([error.kind, error.message]).toEqual(['store-locked', expect.stringMatching(sentence)]);
    expect(fingerprint(place)).toEqual(before);
  });

  const KEYCHAIN = '{"offrecordKey":1,"way":"keychain","account":"0123456789abcdef"}';

  function rewrapForeign(file: string): void {
    const wrapped = wrapKey(readFileSync(file, 'utf8'), 'nobody knows this one');
    rmSync(file);
    writeFileSync(file, JSON.stringify({ offrecordKey: 1, way: 'passphrase', wrapped }), { mode: 0o600 });
  }
});
