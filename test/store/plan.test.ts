import { describe, expect, test } from 'vitest';
import { openStore, type Selection, type Store } from '../../src/store/store.js';
import { errorOf, newPlace } from './place.js';
import { pieceOf, reportOf, sha256Of } from './reports.js';

const ALL: Selection = { ids: [], company: null, before: null, withWords: false };
const idOf = (name: string): string => sha256Of(name).slice(0, 8);

function filledStore(): Store {
  const { dir, configDir } = newPlace();
  const store = openStore(dir, configDir);
  store.save(reportOf('old', { date: '2026-10-01', company: 'Acme' }));
  store.save(reportOf('new', { date: '2026-11-20', company: 'ACME ', kept: true }), '/calls/new.wav');
  store.save(reportOf('undated', { analyzedAt: '2026-11-01T10:00:00.000Z', company: 'Acme Ltd' }));
  store.purge([store.save(reportOf('wordless', { date: '2026-09-01' })).id], { transcriptsOnly: true });
  store.saveCheckpoint(sha256Of('stopped'), 's', 'w', [pieceOf('heard')]);
  return store;
}

describe('a plan', () => {
  test.each([
    ['everything', {}, ['new.wav', 'undated.wav', 'old.wav', 'wordless.wav'], ['stopped']],
    ['an id', { ids: [idOf('old')] }, ['old.wav'], []],
    ['a beginning of an id, and it again', { ids: [idOf('old').slice(0, 5), idOf('old')] }, ['old.wav'], []],
    ['a stopped analysis', { ids: [idOf('stopped')] }, [], ['stopped']],
    ['a company in other letters', { company: 'acme' }, ['new.wav', 'old.wav'], []],
    ['a company that nobody is', { company: 'Acm' }, [], []],
    ['a day', { before: '2026-11-01' }, ['old.wav', 'wordless.wav'], []],
    ['the day after', { before: '2026-11-02' }, ['undated.wav', 'old.wav', 'wordless.wav'], []],
    ['a day far ahead', { before: '9999-01-01' }, ['new.wav', 'undated.wav', 'old.wav', 'wordless.wav'], ['stopped']],
    ['company and day', { company: 'Acme', before: '2026-11-01' }, ['old.wav'], []],
    ['ids and company', { ids: [idOf('undated'), idOf('old')], company: 'Acme' }, ['old.wav'], []],
    ['words', { withWords: true }, ['new.wav', 'undated.wav', 'old.wav'], ['stopped']],
  ])('for %s', (_, selection, files, stopped) => {
    const plan = filledStore().plan({ ...ALL, ...selection });
    expect(plan.calls.map(({ file }) => file)).toEqual(files);
    expect(plan.unfinished.map(({ id }) => id)).toEqual(stopped.map(idOf));
    expect(plan.staying).toBe(4 - files.length);
  });

  test('says of each call what it is and how much', () => {
    const [call] = filledStore().plan({ ...ALL, ids: [idOf('new')] }).calls;
    expect(call).toMatchObject({
      date: '2026-11-20',
      pinned: true,
      utterances: 1,
      flags: 1,
      recording: '/calls/new.wav',
    });
    expect(call?.bytes).toBe(Buffer.byteLength(JSON.stringify(filledStore().get(idOf('new')))));
  });

  test('is refused for an id that no call has', () => {
    const error = errorOf(() => filledStore().plan({ ...ALL, ids: [idOf('old'), 'zz'] }));
    expect([error.kind, error.message]).toEqual(['failed', expect.stringContaining('“zz”')]);
  });
});

test('a call whose words were deleted still counts, until it is analysed again', () => {
  const store = filledStore();
  const report = store.get(idOf('wordless'));
  expect(report).toMatchObject({
    verdict: { level: 'ask' },
    utterances: [{ text: '', start: 0, end: 2.5 }],
    flags: [{ label: 'recording-request', quote: '', why: [], start: 0 }],
    notices: [expect.stringMatching(/^The words of this call were deleted on \d{4}-\d\d-\d\d\./)],
  });
  expect(store.list().find(({ id }) => id === idOf('wordless'))?.flags.recording).toBe(1);
  store.purge([idOf('wordless')], { transcriptsOnly: true });
  expect(store.get(idOf('wordless'))).toEqual(report);
  store.save(reportOf('wordless'));
  expect(store.get(idOf('wordless')).utterances[0]?.text).toBe('Do you mind if I record?');
  expect(store.plan({ ...ALL, withWords: true }).calls).toHaveLength(4);
});
