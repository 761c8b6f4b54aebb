import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrations.js';
import { saveReport } from '../../src/store/reports.js';
import { type SearchQuery, searchLines } from '../../src/store/search.js';
import { openStore, type Store } from '../../src/store/store.js';
import { LABEL_NAMES, LABELS } from '../../src/taxonomy.js';
import type { Call, Flag, Report } from '../../src/types.js';
import { makeOldStore } from './old-store.js';
import { decryptedPages } from './pages.js';
import { errorOf, keyOf, newFolder, newPlace, rawConnection } from './place.js';
import { flagOf, pieceOf, reportOf } from './reports.js';

function opened(): Store {
  const { dir, configDir } = newPlace();
  return openStore(dir, configDir);
}

function talk(name: string, lines: string[], call: Partial<Call> = {}, flags: Flag[] = []): Report {
  return reportOf(name, call, { utterances: lines.map((text, id) => ({ id, ...pieceOf(text) })), flags });
}

function ask(phrases: string[], filters: Partial<SearchQuery> = {}): SearchQuery {
  return { phrases, limit: 100, ...filters };
}

/** `file:utterance` of every hit, in their order. */
function places(store: Store, query: SearchQuery): string[] {
  return store.search(query).map(({ call, utterance }) => `${call.file.replace('.wav', '')}:${utterance}`);
}

const LINES = [
  'We would like to record the interview.',
  'Is free work part of it? I don’t do unpaid work.',
  'Café Müller pays for work, free of charge to you.',
  'a OR b AND NOT c* near (d) "quoted" text:e ^f -g + h {i}',
];

describe('words', () => {
  const filled = (): Store => {
    const store = opened();
    store.save(talk('call', LINES));
    return store;
  };

  test.each<[phrases: string[], lines: number[]]>([
    [['record'], [0]],
    [['Recording'], [0]],
    [
      ['free', 'work'],
      [1, 2],
    ],
    [['free work'], [1]],
    [['work free'], [2]],
    [["don't"], [1]],
    [['cafe', 'muller'], [2]],
    [['OR'], [3]],
    [['NOT', 'record'], []],
    [['c*'], [3]],
    [['rec*'], []],
    [['text:e'], [3]],
    [['facts : labelfreework'], []],
    [['NEAR(d)'], [3]],
    [['^f'], [3]],
    [['{i}'], [1, 3]],
    [['"quoted"'], [3]],
    [['work" OR "record'], []],
    [["'; drop table calls; --"], []],
    [['verdictask'], []],
    [['💥'], []],
  ])('%j are found in lines %j', (phrases, lines) => {
    expect(
      filled()
        .search(ask(phrases))
        .map(({ utterance }) => utterance),
    ).toEqual(lines);
  });

  test('are marked where they stand', () => {
    const hits = filled().search(ask(['free work', 'it']));
    expect(hits).toEqual([
      {
        call: {
          ...{ id: reportOf('call').call.id, file: 'call.wav', date: null, company: null, verdict: 'ask' },
          analyzedAt: '2026-11-20T10:00:00.000Z',
        },
        ...{ utterance: 1, start: 0, speaker: 'interviewer', text: LINES[1] },
        marks: [
          [3, 12],
          [21, 23],
        ],
      },
    ]);
  });
});

describe('filters', () => {
  const filled = (): Store => {
    const store = opened();
    const line = ['Hello, work.', 'More work.'];
    store.save(talk('old', line, { date: '2026-01-31', company: 'Wexcombe Staffing Ltd' }, [flagOf({ utterance: 1 })]));
    store.save(talk('new', line, { date: '2026-03-01', company: 'Acme' }));
    store.save({
      ...talk('middle', line, { analyzedAt: '2026-02-28T23:59:59.999Z' }),
      verdict: { level: 'leave', reasons: [] },
    });
    return store;
  };

  test.each<[filters: Partial<SearchQuery>, found: string[]]>([
    [{}, ['new:0', 'new:1', 'middle:0', 'middle:1', 'old:0', 'old:1']],
    [{ limit: 3 }, ['new:0', 'new:1', 'middle:0']],
    [{ after: '2026-02-28' }, ['new:0', 'new:1', 'middle:0', 'middle:1']],
    [{ after: '2026-03-02' }, []],
    [{ before: '2026-02-28' }, ['middle:0', 'middle:1', 'old:0', 'old:1']],
    [{ after: '2026-02-01', before: '2026-02-28' }, ['middle:0', 'middle:1']],
    [{ company: 'acme' }, ['new:0', 'new:1']],
    [{ company: 'wexcombe staffing' }, ['old:0', 'old:1']],
    [{ company: 'staffing wexcombe' }, []],
    [{ company: 'STAFF' }, ['old:0', 'old:1']],
    [{ company: 'a' }, ['new:0', 'new:1', 'old:0', 'old:1']],
    [{ company: '%' }, []],
    [{ company: '"' }, []],
    [{ verdict: 'leave' }, ['middle:0', 'middle:1']],
    [{ verdict: 'ask', limit: 1 }, ['new:0']],
    [{ label: 'recording-request' }, ['old:1']],
    [{ label: 'free-work' }, []],
    [{ family: 'recording' }, ['old:1']],
    [{ family: 'recording', company: 'Acme' }, []],
  ])('%j find %j', (filters, found) => {
    expect(places(filled(), ask(['work'], filters))).toEqual(found);
  });

  test('find a company among thousands, in whatever letters', () => {
    const store = opened();
    for (let n = 0; n < 1200; n++) store.save(talk(`call ${n}`, ['word'], { company: `Müller ${n} AG` }));
    expect(places(store, ask(['word'], { company: 'muller 77 ag' }))).toEqual(['call 77:0']);
    expect(store.search(ask(['word'], { company: 'MÜLLER', limit: 2000 }))).toHaveLength(1200);
  });

  test('tell every label from every other, and leave out dismissed flags', () => {
    const all = opened();
    const flags = LABEL_NAMES.map((label, utterance) => flagOf({ label, family: LABELS[label].family, utterance }));
    all.save(
      talk('all', [...LABEL_NAMES.map(() => 'word'), 'word'], {}, [
        ...flags,
        flagOf({ utterance: 15, dismissed: true }),
      ]),
    );
    const found = LABEL_NAMES.map(label => places(all, ask(['word'], { label })));
    expect(found).toEqual(LABEL_NAMES.map((_, n) => [`all:${n}`]));
    const ofFamily = LABEL_NAMES.flatMap((label, n) => (LABELS[label].family === 'pressure' ? [`all:${n}`] : []));
    expect(places(all, ask(['word'], { family: 'pressure' }))).toEqual(ofFamily);
  });
});

describe('the index follows the calls', () => {
  test('a recording that is analysed again has only its new lines, on its new day', () => {
    const store = opened();
    store.save(talk('call', ['old words', 'more words']));
    store.save(talk('other', ['words of another']));
    store.save(talk('call', ['new words'], { date: '2020-01-01' }));
    expect(places(store, ask(['words']))).toEqual(['other:0', 'call:0']);
    expect(places(store, ask(['words'], { before: '2020-01-01' }))).toEqual(['call:0']);
    expect(places(store, ask(['old']))).toEqual([]);
  });

  test('purged calls are not found, after purging one or all; later ones are', () => {
    const store = opened();
    const calls = ['one', 'two', 'three'].map(name => talk(name, ['words']));
    for (const call of calls) store.save(call);
    store.purge([calls[1]?.call.id ?? '']);
    expect(places(store, ask(['words']))).toEqual(['three:0', 'one:0']);
    store.purgeAll();
    expect(places(store, ask(['words']))).toEqual([]);
    store.save(talk('later', ['words']));
    expect(places(store, ask(['words']))).toEqual(['later:0']);
  });

  test('a process that has the store open while another one purges everything goes on', () => {
    const place = newPlace();
    const [one, two] = [openStore(place.dir, place.configDir), openStore(place.dir, place.configDir)];
    one.save(talk('call', ['words']));
    expect(places(two, ask(['words']))).toEqual(['call:0']);
    expect(errorOf(() => one.purgeAll()).message).toContain('the key was not renewed');
    expect(places(two, ask(['words']))).toEqual([]);
    two.save(talk('later', ['words']));
    expect([one, two].map(store => places(store, ask(['words'])))).toEqual([['later:0'], ['later:0']]);
  }, 30_000);

  test('a save that fails halfway leaves no lines', () => {
    const place = newPlace();
    const store = openStore(place.dir, place.configDir);
    const db = rawConnection(place, keyOf(place));
    db.exec("create trigger fail after insert on calls begin select raise(abort, 'stop'); end");
    expect(() => store.save(talk('call', ['words']))).toThrow();
    expect(db.prepare('select count(*) from lines').pluck().get()).toBe(0);
    db.exec('drop trigger fail');
    store.save(talk('call', ['words']));
    expect(places(store, ask(['words']))).toEqual(['call:0']);
  });

  test('lines of calls that were saved before there was an index are found', () => {
    const db = new Sqlite(join(newFolder(), 'old.db'));
    const reports = [1, 2, 3].map(n => talk(`call ${n}`, LINES, { date: `2026-0${4 - n}-01` }, [flagOf({})]));
    makeOldStore(db, 2, reports);
    migrate(db);
    const hits = searchLines(db, ask(['record'], { label: 'recording-request' }));
    expect(hits.map(({ call }) => call.file)).toEqual(['call 1.wav', 'call 2.wav', 'call 3.wav']);
    saveReport(db, talk('call 2', ['nothing']));
    expect(searchLines(db, ask(['record']))).toHaveLength(2);
  });
});

test('a purge leaves no word, and no beginning of one, in the index; the words of other calls stay', () => {
  const place = newPlace();
  const store = openStore(place.dir, place.configDir);
  const words = (stem: string): string[] =>
    Array.from({ length: 400 }, (_, n) => `${stem}${((n * 7919) % 100003).toString(36)} `.repeat(2));
  const [gone, first, stays] = [
    talk('gone', words('zqgone')),
    talk('first', words('zqfirst')),
    talk('stays', words('zqstays')),
  ];
  for (const report of [gone, first, stays]) store.save(report);
  // The first purge leaves an index in one piece, which FTS5 by itself would never write anew.
  store.purge([first.call.id]);
  expect(decryptedPages(place, keyOf(place))).toContain('zqgone');
  store.purge([gone.call.id]);
  const left = decryptedPages(place, keyOf(place));
  expect(['zqgone', 'zqgon', 'zqfirst', 'zqf'].filter(part => left.includes(part))).toEqual([]);
  expect(left).toContain('zqstays');
  expect(store.search(ask(['zqstays5']))).toHaveLength(0);
  expect(store.search(ask([words('zqstays')[7] ?? '']))).toHaveLength(1);
  const db = rawConnection(place, keyOf(place));
  db.exec("insert into lines (lines, rank) values ('integrity-check', 1)");
  expect(db.prepare("select v from lines_config where k = 'secure-delete'").pluck().get()).toBe(1);
});
