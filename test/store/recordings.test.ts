import { existsSync, linkSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findRecording, openStore } from '../../src/store/store.js';
import { keyOf, newFolder, newPlace, rawConnection } from './place.js';
import { reportOf, sha256Of } from './reports.js';

/** A file that holds the name that its report is made of, so that the hashes fit. */
function recordingOf(name: string): string {
  const path = join(newFolder(), `${name}.wav`);
  writeFileSync(path, name);
  return path;
}

/** By a link to itself, replaced, and the like. */
const CHANGES: [what: string, change: (path: string) => void, state: string][] = [
  ['untouched', () => undefined, 'there'],
  ['written over', path => writeFileSync(path, 'other'), 'changed'],
  ['removed', path => rmSync(path), 'missing'],
  ['replaced by a link to the same content', replaceByLink, 'changed'],
];

function replaceByLink(path: string): void {
  writeFileSync(`${path}.real`, readFileSync(path));
  rmSync(path);
  symlinkSync(`${path}.real`, path);
}

describe('a recording', () => {
  test.each(CHANGES)('%s', (_, change, state) => {
    const path = recordingOf('one');
    change(path);
    expect(findRecording({ path, sha256: sha256Of('one') }).state).toBe(state);
  });

  test('with a second name says so', () => {
    const path = recordingOf('one');
    linkSync(path, `${path}.again`);
    expect(findRecording({ path, sha256: sha256Of('one') })).toEqual({ state: 'there', bytes: 3, otherNames: 1 });
  });
});

describe('a purge', () => {
  test('with recordings deletes those that are unchanged, and no others', () => {
    const { dir, configDir } = newPlace();
    const store = openStore(dir, configDir);
    const paths = ['gone', 'changed', 'stays'].map(name => recordingOf(name));
    const [gone = '', changed = '', stays = ''] = paths;
    const ids = ['gone', 'changed', 'stays'].map((name, n) => store.save(reportOf(name), paths[n]).id);
    const pathless = store.save(reportOf('pathless')).id;
    writeFileSync(changed, 'something else');
    const { recordings } = store.purge([...ids.slice(0, 2), pathless], { withRecordings: true });
    expect(recordings).toEqual(
      [
        { path: changed, outcome: 'changed', otherNames: 0 },
        { path: gone, outcome: 'deleted', otherNames: 0 },
      ].sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
    expect(paths.map(path => existsSync(path))).toEqual([false, true, true]);
    store.purge(ids.slice(2));
    expect(existsSync(stays)).toBe(true);
  });

  test('of the words, with recordings, forgets where they lay', () => {
    const place = newPlace();
    const store = openStore(place.dir, place.configDir);
    const path = recordingOf('one');
    const { id } = store.save(reportOf('one'), path);
    store.purge([id], { transcriptsOnly: true, withRecordings: true });
    expect(existsSync(path)).toBe(false);
    const all = { ids: [], company: null, before: null, withWords: false };
    expect(store.plan(all).calls).toMatchObject([{ id, recording: null }]);
  });

  test('that was killed before it deleted them is finished by the next opening', () => {
    const place = newPlace();
    openStore(place.dir, place.configDir).close();
    const [path, other] = [recordingOf('one'), recordingOf('two')];
    const db = rawConnection(place, keyOf(place));
    const doom = db.prepare('insert into doomed_recordings (path, sha256) values (?, ?)');
    doom.run(path, sha256Of('one'));
    doom.run(other, sha256Of('not two'));
    db.pragma('user_version = 1');
    db.close();
    openStore(place.dir, place.configDir).close();
    expect([existsSync(path), existsSync(other)]).toEqual([false, true]);
    const again = rawConnection(place, keyOf(place));
    expect(again.prepare('select count(*) from doomed_recordings').pluck().get()).toBe(0);
    expect(again.pragma('user_version', { simple: true })).toBe(0);
    again.close();
  });

  test('of a report that is saved anew without a path keeps the one that is known', () => {
    const { dir, configDir } = newPlace();
    const store = openStore(dir, configDir);
    store.save(reportOf('one'), '/calls/one.wav');
    store.save(reportOf('one'));
    const all = { ids: [], company: null, before: null, withWords: false };
    expect(store.plan(all).calls[0]?.recording).toBe('/calls/one.wav');
  });
});
