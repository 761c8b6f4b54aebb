import { describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/store.js';
import type { Report } from '../../src/types.js';
import { errorOf, newPlace } from './place.js';
import { flagOf, pieceOf, reportOf } from './reports.js';

const UTTERANCES = ['Do you mind if I record?', 'Come on, everyone does it.', 'Send me your passport.'];

/** Three flags; only the last makes the verdict `leave`. */
function report(): Report {
  return reportOf(
    'call',
    {},
    {
      utterances: UTTERANCES.map((text, id) => ({ id, ...pieceOf(text) })),
      flags: [
        flagOf({ id: 0, quote: UTTERANCES[0] ?? '' }),
        flagOf({ id: 1, label: 'urgency-scarcity', family: 'pressure', severity: 'medium', utterance: 1, quote: 'b' }),
        flagOf({
          id: 2,
          label: 'identity-or-money',
          family: 'data-harvesting',
          severity: 'critical',
          utterance: 2,
          quote: 'c',
        }),
      ],
      verdict: { level: 'leave', reasons: ['They asked for identity or money data at 0:00.'] },
    },
  );
}

function filledStore(): Store {
  const { dir, configDir } = newPlace();
  const store = openStore(dir, configDir);
  store.save(report());
  return store;
}

const { id } = report().call;

describe('a dismissed flag', () => {
  test.each<[which: string, flags: number[], level: string, counts: [number, number, number]]>([
    ['the critical one', [2], 'ask', [1, 1, 0]],
    ['all but the medium one', [0, 2], 'note', [0, 1, 0]],
    ['every one', [0, 1, 2], 'clear', [0, 0, 0]],
    ['none', [], 'leave', [1, 1, 1]],
  ])('does not count: %s', (_, flags, level, [recording, pressure, data]) => {
    const store = filledStore();
    for (const flag of flags) store.dismiss(id, flag, true);
    expect(store.get(id).verdict.level).toBe(level);
    expect(store.list()[0]).toMatchObject({
      verdict: level,
      flags: { recording, pressure, 'ip-harvesting': 0, 'data-harvesting': data },
    });
  });

  test('is found by its words, but not by its label, and the verdict of the index follows', () => {
    const store = filledStore();
    const find = (query: object): number => store.search({ phrases: ['passport'], limit: 9, ...query }).length;
    expect([find({ label: 'identity-or-money' }), find({ verdict: 'leave' })]).toEqual([1, 1]);
    store.dismiss(id, 2, true);
    expect([find({ label: 'identity-or-money' }), find({ verdict: 'ask' }), find({})]).toEqual([0, 1, 1]);
  });

  test('counts again when it is brought back', () => {
    const store = filledStore();
    expect(store.dismiss(id, 2, true).verdict.level).toBe('ask');
    expect(store.dismiss(id, 2, false).verdict).toEqual(report().verdict);
    expect(store.log().slice(-2)).toMatchObject([
      { event: 'dismissed', call: id, flags: 1 },
      { event: 'restored', call: id, flags: 1 },
    ]);
  });

  test('stays dismissed when the recording is analysed again, where the same words have the same label', () => {
    const store = filledStore();
    store.dismiss(id, 2, true);
    const again = report();
    again.flags = again.flags.toReversed().map((flag, n) => ({ ...flag, id: n }));
    expect(store.save(again)).toMatchObject({ revision: 2, dismissed: 1 });
    expect(store.get(id).flags.map(({ dismissed }) => dismissed)).toEqual([true, false, false]);
    expect(store.get(id).verdict.level).toBe('ask');
    expect(store.list()[0]?.flags['data-harvesting']).toBe(0);
  });

  test('brings back what is another flag now', () => {
    const store = filledStore();
    store.dismiss(id, 2, true);
    const again = report();
    again.flags = again.flags.map(flag => ({ ...flag, quote: `${flag.quote} – heard better` }));
    expect(store.save(again)).toMatchObject({ revision: 2, dismissed: 0 });
    expect(store.get(id).verdict.level).toBe('leave');
  });

  test('is one of two with the same words', () => {
    const store = filledStore();
    const twice = report();
    twice.flags = [0, 1].map(n => flagOf({ id: n, utterance: n }));
    store.save(twice);
    store.dismiss(id, 1, true);
    store.save(twice);
    expect(store.get(id).flags.map(({ dismissed }) => dismissed)).toEqual([false, true]);
  });
});

test('an unknown flag is told how to find the flags', () => {
  const store = filledStore();
  expect(errorOf(() => store.dismiss(id, 9, true)).message).toContain(`offrecord dismiss ${id}`);
  expect(store.get(id)).toEqual(report());
});
