import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Fragments, openStore, type Render, type Store, searchFiles } from '../../src/store/store.js';
import { errorOf, keyOf, newFolder, newPlace, type Place, rawConnection } from './place.js';
import { runOnFullDisk } from './process.js';
import { canaryReport, reportOf, sha256Of } from './reports.js';

const ALL = { ids: [], company: null, before: null, withWords: false };
const [ONE, TWO] = [reportOf('one').call.id, reportOf('two').call.id];

const texts: Render = function* (reports) {
  for (const { utterances, call } of reports) yield `${call.file}: ${utterances.map(({ text }) => text).join(' ')}\n`;
};

function opened({ dir, configDir }: Place = newPlace()): Store {
  const store = openStore(dir, configDir);
  if (store.list().length === 0) for (const name of ['one', 'two']) store.save(reportOf(name));
  return store;
}

function exported(store: Store, ids: string[], path = join(newFolder(), 'call.txt'), force = false): string {
  return store.exportTo({ path, kind: 'md', ids, force }, texts).path;
}

describe('an export', () => {
  test('is a whole file for its owner alone, remembered and in the log', () => {
    const store = opened();
    const path = join(newFolder(), 'calls.txt');
    const file = store.exportTo({ path, kind: 'csv', ids: [ONE.slice(0, 6), TWO, ONE], force: false }, texts);
    const text = 'one.wav: Do you mind if I record?\ntwo.wav: Do you mind if I record?\n';
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(file).toEqual({ path, sha256: sha256Of(text), bytes: text.length, calls: [ONE, TWO] });
    expect(store.exports()).toEqual([
      { path, sha256: sha256Of(text), bytes: text.length, calls: 2, state: 'there', exportedAt: expect.any(String) },
    ]);
    expect(store.log(2)).toMatchObject([
      { event: 'exported-csv', call: ONE, utterances: 1, flags: 1 },
      { event: 'exported-csv', call: TWO, utterances: 1, flags: 1 },
    ]);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('never replaces a file unasked; asked, it forgets the one before', () => {
    const store = opened();
    const path = exported(store, [ONE]);
    const before = readFileSync(path, 'utf8');
    expect(errorOf(() => exported(store, [TWO], path)).message).toContain('is there already');
    expect([readFileSync(path, 'utf8'), readdirSync(join(path, '..'))]).toEqual([before, ['call.txt']]);
    exported(store, [TWO], path, true);
    expect(readFileSync(path, 'utf8')).toMatch(/^two/);
    expect(store.exports()).toHaveLength(1);
    store.purge([ONE]);
    expect(existsSync(path)).toBe(true);
    store.purge([TWO]);
    expect(existsSync(path)).toBe(false);
  });

  test('that another program makes in the meantime is left to it', () => {
    const store = opened();
    const path = join(newFolder(), 'call.txt');
    const late: Render = function* (reports) {
      yield* texts(reports);
      writeFileSync(path, 'theirs');
    };
    const error = errorOf(() => store.exportTo({ path, kind: 'md', ids: [ONE], force: false }, late));
    expect(error.message).toContain('is there already');
    expect([readFileSync(path, 'utf8'), readdirSync(join(path, '..')), store.exports()]).toEqual([
      'theirs',
      ['call.txt'],
      [],
    ]);
  });

  test.each([
    ['a missing folder', (folder: string) => join(folder, 'none', 'call.txt'), /folder .*none is not there/],
    ['a folder', (folder: string) => folder, /is not a file, so it was not replaced/],
    ['a name that is too long', (folder: string) => join(folder, 'a'.repeat(300)), /can’t be written \(ENAMETOOLONG\)/],
  ])('to %s leaves nothing', (_, pathIn, sentence) => {
    const store = opened();
    const folder = newFolder();
    const error = errorOf(() => exported(store, [ONE], pathIn(folder), true));
    expect([error.kind, error.message]).toEqual(['failed', expect.stringMatching(sentence)]);
    expect([readdirSync(folder), store.exports()]).toEqual([[], []]);
  });

  test('never replaces a link, nor what it leads to', () => {
    const store = opened();
    const folder = newFolder();
    const [target, link] = [join(folder, 'target'), join(folder, 'link')];
    writeFileSync(target, 'mine');
    symlinkSync(target, link);
    expect(errorOf(() => exported(store, [ONE], link, true)).message).toContain('is not a file');
    expect([readFileSync(target, 'utf8'), lstatSync(link).isSymbolicLink()]).toEqual(['mine', true]);
  });

  test.skipIf(process.platform === 'win32')('that does not fit on the disk leaves nothing, and says so', () => {
    const place = newPlace();
    const { errors } = runOnFullDisk('export-too-much', place, 2000);
    expect(errors).toContain('too-much.bin can’t be written (EFBIG), so nothing was exported to it.');
    expect(readdirSync(dirname(place.dir))).toEqual(['store']);
    const store = openStore(place.dir, place.configDir);
    expect([store.exports(), store.list().length]).toEqual([[], 1]);
  });

  test('may hold bytes', () => {
    const store = opened();
    const path = join(newFolder(), 'clip.wav');
    store.exportTo({ path, kind: 'clip', ids: [ONE], force: false }, () => [new Uint8Array([0, 255, 128])]);
    expect([...readFileSync(path)]).toEqual([0, 255, 128]);
  });

  test('that fails in the middle leaves nothing', () => {
    const store = opened();
    const folder = newFolder();
    const broken: Render = function* () {
      yield 'half of it';
      throw new Error('broken');
    };
    const path = join(folder, 'call.txt');
    expect(() => store.exportTo({ path, kind: 'md', ids: [ONE], force: false }, broken)).toThrow('broken');
    expect([readdirSync(folder), store.exports()]).toEqual([[], []]);
    expect(store.log().filter(({ event }) => event.startsWith('exported'))).toEqual([]);
  });

  test('of a call that is purged while it is written leaves nothing', () => {
    const place = newPlace();
    const [store, other] = [opened(place), opened(place)];
    const folder = newFolder();
    const path = join(folder, 'call.txt');
    const slow: Render = function* (reports) {
      yield* texts(reports);
      expect(readdirSync(folder)).toHaveLength(1);
      other.purge([ONE]);
    };
    const error = errorOf(() => store.exportTo({ path, kind: 'md', ids: [ONE], force: false }, slow));
    expect(error.message).toContain('purged meanwhile');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('for standard output is in the log, and nowhere else', () => {
    const store = opened();
    expect(store.readForExport(ONE.slice(0, 6), 'html')).toEqual(reportOf('one'));
    expect([store.exports(), store.log(1)]).toMatchObject([[], [{ event: 'exported-html', call: ONE }]]);
  });
});

describe('a purge', () => {
  test('plans, deletes what still has its bytes, and names what it leaves', () => {
    const store = opened();
    const folder = newFolder();
    const names = ['unchanged', 'changed', 'moved', 'both', 'other'];
    const paths = names.map((name, n) =>
      exported(store, n === 3 ? [ONE, TWO] : [n === 4 ? TWO : ONE], join(folder, name)),
    );
    const [unchanged = '', changed = '', moved = '', both = ''] = paths;
    writeFileSync(changed, 'written over');
    renameSync(moved, `${moved}.elsewhere`);
    const plan = store.plan({ ...ALL, ids: [ONE] });
    expect(plan.exports.map(({ path, calls, others }) => [path, calls, others])).toEqual([
      [both, 2, 1],
      [changed, 1, 0],
      [moved, 1, 0],
      [unchanged, 1, 0],
    ]);
    expect(store.purge([ONE]).exports).toMatchObject([
      { path: both, outcome: 'deleted' },
      { path: changed, outcome: 'changed' },
      { path: moved, outcome: 'missing' },
      { path: unchanged, outcome: 'deleted' },
    ]);
    expect(readdirSync(folder).sort()).toEqual(['changed', 'moved.elsewhere', 'other']);
    expect(store.exports().map(({ path }) => path)).toEqual([join(folder, 'other')]);
  });

  test('says under how many names an export stays', () => {
    const store = opened();
    const path = exported(store, [ONE]);
    linkSync(path, `${path}.again`);
    expect(store.purge([ONE]).exports).toEqual([{ path, outcome: 'deleted', otherNames: 1 }]);
  });

  test.each<[string, (store: Store) => unknown]>([
    ['of the words', store => store.purge([ONE], { transcriptsOnly: true })],
    ['of everything', store => store.purgeAll()],
    ['by age', store => store.purgeExpired(new Date('2027-11-01'))],
  ])('%s takes exports along', (_, purge) => {
    const store = opened();
    const path = exported(store, [ONE]);
    purge(store);
    expect([existsSync(path), store.exports()]).toEqual([false, []]);
  });

  test('by age counts them', () => {
    const store = opened();
    exported(store, [ONE, TWO]);
    expect(store.purgeExpired(new Date('2027-11-01'))).toEqual({ calls: 2, unfinished: 0, exports: 1 });
  });

  test('looks for the path of an export too, and in what it leaves', () => {
    const place = newPlace();
    const store = opened(place);
    store.save(canaryReport());
    const { id } = canaryReport().call;
    const folder = join(newFolder(), 'canaryfolder');
    mkdirSync(folder);
    const [path, left] = ['gone.txt', 'left.txt'].map(name => exported(store, [id], join(folder, name)));
    writeFileSync(left ?? '', `${readFileSync(left ?? '', 'utf8')}\nmy notes`);
    const fragments: Fragments = store.fragments(store.plan({ ...ALL, ids: [id] }), false);
    expect(store.findFragments(fragments).found).toContain('table exports, column path');
    store.purge([id]);
    expect(store.findFragments(fragments).found).toEqual([]);
    store.close();
    expect(existsSync(path ?? '')).toBe(false);
    expect(searchFiles(place.dir, place.configDir, fragments).found).toEqual([]);
    expect(searchFiles(place.dir, place.configDir, fragments, [left ?? '', folder]).found).toEqual([left]);
  });

  test('that was killed before it deleted them is finished by the next opening', () => {
    const place = newPlace();
    opened(place).close();
    const folder = newFolder();
    for (const [name, content] of Object.entries({ same: 'same', changed: 'other', draft: 'half' }))
      writeFileSync(join(folder, name), content);
    const db = rawConnection(place, keyOf(place));
    const doom = db.prepare('insert into doomed_exports (path, sha256) values (?, ?)');
    doom.run(join(folder, 'same'), sha256Of('same'));
    doom.run(join(folder, 'changed'), sha256Of('before'));
    doom.run(join(folder, 'draft'), null);
    db.pragma('user_version = 1');
    db.close();
    opened(place).close();
    expect(readdirSync(folder)).toEqual(['changed']);
    const again = rawConnection(place, keyOf(place));
    expect(again.prepare('select count(*) from doomed_exports').pluck().get()).toBe(0);
    again.close();
  });
});

describe('an export that was killed', () => {
  /** Leaves a row as a kill would, `minutes` ago. */
  function cutOff(place: Place, path: string, sha256: string | null, minutes: number): void {
    opened(place).close();
    writeFileSync(`${path}.new-1`, 'half of canarytext');
    const db = rawConnection(place, keyOf(place));
    const at = new Date(Date.now() - minutes * 60_000).toISOString();
    db.prepare('insert into exports (number, path, draft, sha256, bytes, exported_at) values (1, ?, ?, ?, 4, ?)').run(
      path,
      `${path}.new-1`,
      sha256,
      at,
    );
    db.prepare('insert into export_calls select 1, number from calls where id = ?').run(ONE);
    db.close();
  }

  test.each([
    ['long ago, in its draft', null, false, 60, [], 0],
    ['long ago, just before it got its name', sha256Of('full'), false, 60, [], 0],
    ['long ago, just after it got its name', sha256Of('full'), true, 60, ['call'], 1],
    ['a moment ago, as far as anyone knows', null, false, 0, ['call.new-1'], 0],
  ] as const)('%s', (_, sha256, isNamed, minutes, files, remembered) => {
    const place = newPlace();
    const folder = newFolder();
    const path = join(folder, 'call');
    cutOff(place, path, sha256, minutes);
    if (isNamed) writeFileSync(path, 'full');
    const store = opened(place);
    expect([readdirSync(folder), store.exports().length]).toEqual([files, remembered]);
    store.purge([ONE]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
