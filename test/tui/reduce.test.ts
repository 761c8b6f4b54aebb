import { describe, expect, test } from 'vitest';
import { placeOf } from '../../src/tui/place.js';
import type { Event, State } from '../../src/tui/state.js';
import { afterEvents, callReport, callState, emptyState, keys, libraryState, listedCalls } from './states.js';

const { id } = callReport().call;

function pressed(state: State, ...names: string[]): ReturnType<typeof afterEvents> {
  return afterEvents(state, ...keys(...names));
}

describe('keys in the list of calls', () => {
  test.each<[what: string, keys: string[], selected: number]>([
    ['down', ['down'], 1],
    ['down and up', ['down', 'down', 'up'], 1],
    ['up at the beginning', ['up'], 0],
    ['end', ['end'], 3],
    ['down at the end', ['end', 'down'], 3],
    ['a page down', ['pagedown'], 3],
    ['home', ['end', 'home'], 0],
    ['a key that means nothing', ['ä'], 0],
  ])('%s', (_, names, selected) => {
    expect(pressed(libraryState(), ...names).state.selected).toBe(selected);
  });

  test.each<[key: string, effect: object]>([
    ['enter', { do: 'open', id, utterance: null }],
    ['k', { do: 'keep', id, kept: false }],
    ['a', { do: 'advice', id, width: 76 }],
    ['D', { do: 'plan', id, withRecordings: false }],
    ['q', { do: 'quit' }],
    ['ctrl-c', { do: 'quit' }],
    ['ctrl-z', { do: 'suspend' }],
  ])('%s asks for something', (key, effect) => {
    expect(pressed(libraryState(), key).effects).toEqual([effect]);
  });

  test.each<[key: string, kind: string]>([
    ['/', 'prompt'],
    ['f', 'choice'],
    ['o', 'prompt'],
    ['e', 'form'],
    ['x', 'choice'],
    ['?', 'reader'],
  ])('%s opens a dialog, and esc closes it', (key, kind) => {
    const { state } = pressed(libraryState(), key);
    expect(placeOf(state)).toBe(kind);
    expect(pressed(state, 'esc').state).toEqual(libraryState());
  });

  test.each(['enter', 'a', 'x', 'e', 'k', 'D', '/', 'f', 's'])('%s does nothing where there is no call', key => {
    expect(pressed(emptyState(), key)).toEqual({ state: emptyState(), effects: [] });
  });

  test('s goes through the orders, and the same call stays selected', () => {
    const orders = ['company', 'verdict', 'flags', 'length', 'date'];
    let state = pressed(libraryState(), 'down', 'down').state;
    for (const sort of orders) {
      state = pressed(state, 's').state;
      expect(state.sort).toBe(sort);
      expect(state.shown[state.selected]?.id).toBe('cccc0003');
    }
    expect(state).toEqual(pressed(libraryState(), 'down', 'down').state);
  });

  test.each<[downs: number, ids: string[]]>([
    [0, [id, 'bbbb0002', 'cccc0003', 'dddd0004']],
    [1, [id]],
    [2, ['bbbb0002']],
    [4, ['dddd0004']],
    [5, [id, 'bbbb0002']],
    [6, [id, 'cccc0003']],
  ])('choice %i of the filter', (downs, ids) => {
    const { state } = pressed(libraryState(), 'f', ...new Array<string>(downs).fill('down'), 'enter');
    expect(state.shown.map(call => call.id)).toEqual(ids);
    expect(pressed(state, 'esc').state.shown).toHaveLength(4);
  });

  test('a filter by label asks which calls have it', () => {
    const { state, effects } = pressed(libraryState(), 'f', 'end', 'enter');
    expect(effects).toEqual([{ do: 'find-label', label: 'protected-trait' }]);
    expect(
      afterEvents(state, { type: 'labelled', label: 'protected-trait', ids: ['cccc0003'] }).state.shown,
    ).toHaveLength(1);
  });

  test('the selected call stays selected when another one comes', () => {
    const { state } = pressed(libraryState(), 'down');
    const [first, ...others] = listedCalls();
    const calls = [{ ...listedCalls()[0], id: 'new' } as (typeof others)[number], ...(first ? [first] : []), ...others];
    const now = afterEvents(state, { type: 'calls', calls, total: calls.length, stopped: 1 }).state;
    expect(now.shown[now.selected]?.id).toBe('bbbb0002');
  });
});

describe('a search', () => {
  const line = {
    call: { id, file: 'a.wav', date: null, company: null, analyzedAt: '' },
    utterance: 4,
    start: 48,
    speaker: 'interviewer' as const,
    text: 'everyone does',
    marks: [],
  };

  test('asks for words, shows lines, opens a call at its line, and comes back', () => {
    const asked = pressed(libraryState(), '/', ...'no one', 'enter');
    expect(asked.effects).toEqual([{ do: 'search', words: 'no one' }]);
    const found = afterEvents(asked.state, {
      type: 'hits',
      words: 'no one',
      lines: [line, { ...line, utterance: 6 }],
    }).state;
    expect(placeOf(found)).toBe('hits');
    expect(pressed(found, 'down', 'enter').effects).toEqual([{ do: 'open', id, utterance: 6 }]);
    const open = afterEvents(found, { type: 'opened', report: callReport(), utterance: 6 }).state;
    expect(open.call).toMatchObject({ at: 6, flag: 2, pane: 'transcript' });
    expect(pressed(open, 'esc').state.hits?.lines).toHaveLength(2);
    expect(pressed(open, 'esc', 'esc').state.hits).toBe(null);
  });

  test('that finds nothing says so', () => {
    expect(afterEvents(libraryState(), { type: 'hits', words: 'x', lines: [] }).state).toMatchObject({
      hits: null,
      message: { text: 'No line has “x” in it.' },
    });
  });
});

describe('keys in a call', () => {
  test.each<[what: string, keys: string[], call: object]>([
    ['opens at the first flag', [], { flag: 0, at: 2 }],
    ['n', ['n'], { flag: 1, at: 4 }],
    ['n at the last flag', ['n', 'n', 'n'], { flag: 2, at: 6 }],
    ['p', ['n', 'p'], { flag: 0, at: 2 }],
    ['down in the flags', ['down'], { flag: 1, at: 4 }],
    ['down in what it means', ['tab', 'down'], { flag: 0, at: 2, detailsTop: 1 }],
    ['down in the transcript', ['tab', 'tab', 'down'], { flag: 0, at: 3 }],
    ['down in the transcript to a flag', ['tab', 'tab', 'down', 'down'], { flag: 1, at: 4 }],
    ['end of the transcript', ['tab', 'tab', 'end'], { flag: 0, at: 7 }],
    ['n from within the transcript', ['tab', 'tab', 'end', 'n'], { flag: 1, at: 4 }],
    ['tab three times', ['tab', 'tab', 'tab'], { pane: 'flags' }],
  ])('%s', (_, names, call) => {
    expect(pressed(callState(), ...names).state.call).toMatchObject(call);
  });

  test('d dismisses, and brings back what is dismissed', () => {
    const { state, effects } = pressed(callState(), 'n', 'd');
    expect(effects).toEqual([{ do: 'dismiss', id, flag: 1, dismissed: true }]);
    const report = callReport();
    report.flags = report.flags.map(flag => ({ ...flag, dismissed: flag.id === 1 }));
    const now = afterEvents(state, { type: 'report', report }).state;
    expect(now.call).toMatchObject({ flag: 1, at: 4 });
    expect(pressed(now, 'd').effects).toEqual([{ do: 'dismiss', id, flag: 1, dismissed: false }]);
  });

  test('an utterance that is higher than the pane is read in steps', () => {
    const report = callReport();
    report.utterances = report.utterances.map(one => ({ ...one, text: 'word '.repeat(300).trim() }));
    let state = afterEvents(libraryState(40, 12), { type: 'opened', report, utterance: 2 }).state;
    const places: [number, number][] = [];
    while (state.call && state.call.at < 4 && places.length < 200) {
      places.push([state.call.at, state.call.row]);
      state = pressed(state, 'down').state;
    }
    expect(new Set(places.map(String)).size).toBe(places.length);
    expect(places.filter(([at]) => at === 3).length).toBeGreaterThan(5);
    expect(state.call).toMatchObject({ at: 4, row: 0 });
  });

  test('c asks where the moment goes, then saves it', () => {
    expect(pressed(callState(), 'n', 'c', 'enter').effects).toEqual([
      { do: 'clip', id, flag: 1, path: `./${id}-0-48.wav` },
    ]);
  });
});

describe('dialogs', () => {
  test('an export asks for a format and a path', () => {
    const { state } = pressed(libraryState(), 'x', 'down', 'enter');
    expect(pressed(state, 'enter').effects).toEqual([{ do: 'export', id, format: 'csv', path: `./${id}.csv` }]);
    expect(pressed(state, 'ctrl-u', ...'a.csv', 'enter').effects).toEqual([
      { do: 'export', id, format: 'csv', path: 'a.csv' },
    ]);
  });

  test('a form is filled in line by line', () => {
    const { effects } = pressed(libraryState(), 'e', 'ctrl-u', ...'Acme', 'tab', 'tab', 'tab', ...'hm', 'enter');
    expect(effects).toEqual([
      { do: 'edit', id, edits: { company: 'Acme', role: 'Payroll clerk', date: '2026-11-27', note: 'hm' } },
    ]);
  });

  test('a purge needs the whole word', () => {
    const plan = { type: 'plan', call: id, lines: ['1 call would be deleted'], withRecordings: false } satisfies Event;
    const { state } = afterEvents(libraryState(), plan);
    expect(pressed(state, 'enter').effects).toEqual([]);
    expect(pressed(state, ...'delet', 'enter').effects).toEqual([]);
    expect(pressed(state, 'tab').effects).toEqual([{ do: 'plan', id, withRecordings: true }]);
    const typed = afterEvents(pressed(state, ...'del').state, { ...plan, withRecordings: true }).state;
    expect(pressed(typed, ...'ete', 'enter').effects).toEqual([{ do: 'purge', id, withRecordings: true }]);
  });

  test('after a purge the call is gone, and what was done is shown', () => {
    const { state, effects } = afterEvents(callState(), { type: 'purged', call: id, lines: ['Deleted'] });
    expect(effects).toEqual([{ do: 'refresh' }]);
    expect(state).toMatchObject({ screen: 'library', call: null, dialogs: [{ kind: 'reader', lines: ['Deleted'] }] });
    expect(state.shown.map(call => call.id)).not.toContain(id);
  });

  test('a letter is written from the advice, and saved', () => {
    const text = { title: 't', lines: ['x'], call: id };
    const advice = afterEvents(callState(), { ...text, type: 'text', about: 'advice', letter: null }).state;
    expect(pressed(advice, 's').effects).toEqual([]);
    expect(pressed(advice, 'l', 'down', 'enter').effects).toMatchObject([{ do: 'letter', id, name: 'deletion' }]);
    const letter = afterEvents(advice, { ...text, type: 'text', about: 'letter', letter: 'deletion' }).state;
    expect(pressed(letter, 's', 'enter').effects).toEqual([
      { do: 'save-letter', id, name: 'deletion', path: './letter-deletion.txt' },
    ]);
  });

  test.each<[paths: string[], value: string, completions: number]>([
    [['calls/a.m4a'], 'calls/a.m4a', 0],
    [['calls/one.m4a', 'calls/only.m4a'], 'calls/on', 2],
    [[], 'ca', 0],
  ])('a path is completed by %j', (paths, value, completions) => {
    const { state, effects } = pressed(libraryState(), 'o', ...'ca', 'tab');
    expect(effects).toEqual([{ do: 'complete', path: 'ca' }]);
    const [prompt] = afterEvents(state, { type: 'completions', paths, typed: 'ca' }).state.dialogs;
    expect(prompt).toMatchObject({ field: { value }, completions: { length: completions } });
  });
});

describe('analyses', () => {
  const started = pressed(libraryState(), 'o', ...'a.m4a', 'enter');

  test('run one after the other', () => {
    expect(started.effects).toEqual([{ do: 'analyze', number: 1, path: 'a.m4a' }]);
    const second = pressed(started.state, 'o', ...'b.m4a', 'enter');
    expect(second.effects).toEqual([]);
    expect(second.state.works.map(({ phase }) => phase)).toEqual(['running', 'waiting']);
    const next = afterEvents(second.state, { type: 'work-failed', number: 1, text: 'no sound' });
    expect(next.effects).toEqual([{ do: 'analyze', number: 2, path: 'b.m4a' }]);
    expect(next.state.works).toMatchObject([{ phase: 'failed', text: 'no sound' }, { phase: 'running' }]);
  });

  test('tell how far they are, and select their call at the end', () => {
    const working = afterEvents(started.state, {
      type: 'work',
      number: 1,
      text: 'transcribing 40 %',
      share: 0.4,
    }).state;
    expect(working.works).toMatchObject([{ text: 'transcribing 40 %', share: 0.4 }]);
    const done = afterEvents(working, { type: 'work-done', number: 1, id: 'cccc0003', notices: ['Read this.'] }).state;
    expect(done).toMatchObject({ works: [], selected: 2, dialogs: [{ lines: ['Read this.'] }] });
  });

  test('are stopped by S, where one runs', () => {
    expect(pressed(started.state, 'S').effects).toEqual([{ do: 'stop' }]);
    expect(pressed(libraryState(), 'S').effects).toEqual([]);
  });
});

test('the state is data: it survives JSON', () => {
  const { state } = pressed(callState(), 'n', 'tab', 'a', 'x');
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});
