import { expect, test } from 'vitest';
import { openDatabase } from '../../src/store/open.js';
import { countFlags } from '../../src/store/statistics.js';
import { openStore, type Store } from '../../src/store/store.js';
import { listCalls } from '../../src/store/summaries.js';
import { newPlace } from './place.js';
import { flagOf, pieceOf, reportOf } from './reports.js';

const utterances = ['One.', 'Two.', 'Three.'].map((text, id) => ({ id, ...pieceOf(text) }));
const request = flagOf({ id: 0, utterance: 0 });
const rush = flagOf({ id: 1, utterance: 1, label: 'urgency-scarcity', family: 'pressure', severity: 'medium' });
const again = flagOf({ id: 2, utterance: 2 });

function filledStore(): Store {
  const { dir, configDir } = newPlace();
  const store = openStore(dir, configDir);
  const ask = { verdict: { level: 'ask' as const, reasons: [] } };
  const clear = { verdict: { level: 'clear' as const, reasons: [] } };
  store.save(
    reportOf('a', { company: 'Acme', date: '2026-10-03' }, { utterances, flags: [request, rush, again], ...ask }),
  );
  store.save(reportOf('b', { company: 'ACME ', date: '2026-11-05' }, { utterances, flags: [request], ...ask }));
  store.save(reportOf('c', { company: 'Other', date: '2026-11-06' }, { utterances, flags: [], ...clear }));
  const dismissed = [{ ...request, dismissed: true }, rush];
  store.save(reportOf('d', { analyzedAt: '2026-11-20T10:00:00.000Z' }, { utterances, flags: dismissed, ...ask }));
  return store;
}

const families = (recording: number, pressure: number) => ({
  ...{ recording, pressure, 'ip-harvesting': 0, 'data-harvesting': 0 },
});
const verdicts = (ask: number, clear: number) => ({ leave: 0, ask, note: 0, clear });

test('flags are counted by label, company and month, without dismissed ones', () => {
  expect(filledStore().statistics()).toEqual({
    total: { calls: 4, flags: 5, families: families(3, 2), verdicts: verdicts(3, 1) },
    labels: [
      { label: 'recording-request', lines: 3, calls: 2 },
      { label: 'urgency-scarcity', lines: 2, calls: 2 },
    ],
    companies: [
      { company: 'Acme', calls: 2, flags: 4, families: families(3, 1), verdicts: verdicts(2, 0) },
      { company: null, calls: 1, flags: 1, families: families(0, 1), verdicts: verdicts(1, 0) },
      { company: 'Other', calls: 1, flags: 0, families: families(0, 0), verdicts: verdicts(0, 1) },
    ],
    months: [
      { month: '2026-10', calls: 1, flags: 3, families: families(2, 1), verdicts: verdicts(1, 0) },
      { month: '2026-11', calls: 3, flags: 2, families: families(1, 1), verdicts: verdicts(2, 1) },
    ],
  });
});

test('they stay when the words of a call go, and go with the call', () => {
  const store = filledStore();
  const before = store.statistics();
  const ids = store.list().map(({ id }) => id);
  store.purge(ids, { transcriptsOnly: true });
  expect(store.statistics()).toEqual(before);
  store.purge(ids);
  const { total, ...lists } = store.statistics();
  expect([total.calls, total.flags, lists]).toEqual([0, 0, { labels: [], companies: [], months: [] }]);
});

/** How SQLite goes about a query, whatever number stands for its limit. */
function planOf(explain: { all(...given: number[]): unknown[]; source: string }): string[] {
  const steps = explain.source.includes('?') ? explain.all(1) : explain.all();
  return (steps as { detail: string }[]).map(({ detail }) => detail);
}

test('lists and counts read no report: all that they need is in one index', () => {
  const place = newPlace();
  openStore(place.dir, place.configDir).close();
  const db = openDatabase(place.dir, place.configDir, { way: 'file' });
  const plans: string[] = [];
  const prepare = db.prepare.bind(db);
  Reflect.set(db, 'prepare', (sql: string) => {
    if (/from calls\b/.test(sql)) plans.push(...planOf(prepare(`explain query plan ${sql}`)));
    return prepare(sql);
  });
  listCalls(db);
  countFlags(db);
  db.close();
  const scans = plans.filter(detail => detail.startsWith('SCAN calls'));
  expect(scans).toEqual(Array.from({ length: 4 }, () => 'SCAN calls USING COVERING INDEX calls_in_brief'));
});
