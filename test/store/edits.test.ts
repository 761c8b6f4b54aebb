import { describe, expect, test } from 'vitest';
import { databaseFile, openStore, type Store, searchFiles } from '../../src/store/store.js';
import { errorOf, newPlace, type Place } from './place.js';
import { canaryReport, reportOf } from './reports.js';

const { id } = canaryReport().call;
const NOTE = 'canarynote: they were kind, but rang off early';
const WITHOUT_FILTER = { company: null, before: null, withWords: false };

function filledStore(place: Place = newPlace()): Store {
  const store = openStore(place.dir, place.configDir);
  store.save(canaryReport());
  store.save(reportOf('other'));
  return store;
}

describe('an edit', () => {
  test('is seen by list, get, search and the next opening', () => {
    const place = newPlace();
    const store = filledStore(place);
    expect(store.edit(id.slice(0, 5), { company: 'Wexcombe', date: '2026-11-27', note: NOTE })).toBe(id);
    expect(store.search({ phrases: ['number 7'], company: 'wexcombe', limit: 9 })).toHaveLength(1);
    expect(store.search({ phrases: ['number 7'], company: 'canarycompany', limit: 9 })).toEqual([]);
    store.close();
    const again = openStore(place.dir, place.configDir);
    expect(again.list()[0]).toMatchObject({
      id,
      company: 'Wexcombe',
      role: 'canaryrole',
      date: '2026-11-27',
      note: NOTE,
    });
    expect(again.get(id).call).toMatchObject({
      company: 'Wexcombe',
      role: 'canaryrole',
      date: '2026-11-27',
      note: NOTE,
    });
    expect(Object.keys(again.get(id))).toEqual(Object.keys(canaryReport()));
  });

  test('with null or white space takes away, and leaves the rest', () => {
    const store = filledStore();
    store.edit(id, { note: NOTE });
    store.edit(id, { company: null, role: '  ' });
    expect(store.list().find(call => call.id === id)).toMatchObject({ company: null, role: null, note: NOTE });
    store.edit(id, { note: null });
    expect(store.get(id).call).not.toHaveProperty('note');
  });

  test('survives that the recording is analysed again, and does not count as a revision', () => {
    const store = filledStore();
    store.edit(id, { company: 'Wexcombe', date: '2026-11-27', note: NOTE });
    const { call, ...parts } = canaryReport();
    expect(store.save({ ...parts, call: { ...call, company: null, role: null } }).revision).toBe(2);
    expect(store.get(id).call).toMatchObject({
      company: 'Wexcombe',
      role: 'canaryrole',
      date: '2026-11-27',
      note: NOTE,
    });
  });

  test('lets nothing in that a terminal would obey, nor texts without end', () => {
    const store = filledStore();
    store.edit(id, { note: 'a\u001b[2Jb\u0000c\u202ed', role: '\u001b]0;title\u0007role' });
    expect(store.get(id).call).toMatchObject({ note: 'abcd', role: 'role' });
    expect(errorOf(() => store.edit(id, { company: 'x'.repeat(999) })).kind).toBe('usage');
    expect(errorOf(() => store.edit('ffff', { note: 'x' })).message).toContain('No call “ffff”');
  });

  test('is in the log, without a word of it', () => {
    const store = filledStore();
    store.edit(id, { note: NOTE });
    expect(store.log().at(-1)).toMatchObject({ event: 'edited', call: id, flags: null });
    expect(JSON.stringify(store.log())).not.toContain('canarynote');
  });
});

describe('a note', () => {
  test('leaves with no export', () => {
    const store = filledStore();
    store.edit(id, { note: NOTE });
    expect(JSON.stringify(store.readForExport(id, 'json'))).not.toContain('canarynote');
  });

  test('is looked for after a purge of its call, and gone', () => {
    const place = newPlace();
    const store = filledStore(place);
    store.edit(id, { note: NOTE });
    const fragments = store.fragments(store.plan({ ids: [id], ...WITHOUT_FILTER }), false);
    expect(store.findFragments(fragments).found).toContain('table notes, column note');
    store.purge([id]);
    expect(store.findFragments(fragments).found).toEqual([]);
    store.close();
    const onDisk = searchFiles(place.dir, place.configDir, fragments);
    expect(onDisk.files.map(({ path }) => path)).toContain(databaseFile(place.dir));
    expect(onDisk.found).toEqual([]);
  });

  test('stays when only the words of the call go', () => {
    const store = filledStore();
    store.edit(id, { note: NOTE });
    const fragments = store.fragments(store.plan({ ids: [id], ...WITHOUT_FILTER }), true);
    store.purge([id], { transcriptsOnly: true });
    expect(store.get(id).call.note).toBe(NOTE);
    expect(store.findFragments(fragments).found).toEqual([]);
  });
});

test('the version changes with what another connection writes', () => {
  const place = newPlace();
  const [one, two] = [filledStore(place), openStore(place.dir, place.configDir)];
  const before = one.version();
  expect(one.version()).toBe(before);
  two.edit(id, { note: NOTE });
  expect(one.version()).not.toBe(before);
});
