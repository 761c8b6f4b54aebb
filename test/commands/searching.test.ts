import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toPhrases } from '../../src/commands/search-words.js';
import { openStore } from '../../src/store/store.js';
import type { Report } from '../../src/types.js';
import { Home } from '../cli.js';
import { flagOf, pieceOf, reportOf } from '../store/reports.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

/** Saves reports where the program of this test looks for them. */
function keep(...reports: Report[]): void {
  const store = openStore(home.storeDir, join(home.dir, 'config', 'offrecord'));
  for (const report of reports) store.save(report);
  store.close();
}

const today = new Date().toISOString();
const ASKED = {
  id: 0,
  ...pieceOf('Could you do the free work by Monday, work that we would show to the client?'),
  start: 75,
};
const SAID = { id: 1, ...pieceOf('Free of charge? No.'), speaker: 'candidate' as const, start: null, end: null };
const AGENCY = reportOf(
  'agency',
  { date: '2026-03-01', company: 'Wexcombe Staffing', analyzedAt: today },
  { utterances: [ASKED, SAID], flags: [flagOf({ label: 'free-work', family: 'ip-harvesting' })] },
);
const OTHER = reportOf('other', { date: '2026-02-01', analyzedAt: today }, { utterances: [{ ...SAID, id: 0 }] });

describe('search', () => {
  it('prints call, time, speaker and line, the words marked, newest call first', async () => {
    keep(OTHER, AGENCY);
    const { code, stdout, stderr } = await home.run('search', 'free');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      `${AGENCY.call.id}  2026-03-01  Wexcombe Staffing · agency.wav`,
      '  1:15  interviewer',
      '        Could you do the «free» work by Monday, work that we would show to the',
      '        client?',
      '        candidate',
      '        «Free» of charge? No.',
      '',
      `${OTHER.call.id}  2026-02-01  other.wav`,
      '        candidate',
      '        «Free» of charge? No.',
      '',
    ]);
  });

  it.each<[args: string[], found: string[]]>([
    [['free', 'work'], ['agency 0']],
    [['work', 'free'], ['agency 0']],
    [['free work'], ['agency 0']],
    [['work free'], []],
    [['"free work" client'], ['agency 0']],
    [['"free client"', 'work'], []],
    [['free', '--label', 'free-work'], ['agency 0']],
    [['free', '--family', 'ip-harvesting'], ['agency 0']],
    [['free', '--family', 'pressure'], []],
    [
      ['free', '--company', 'wexcombe'],
      ['agency 0', 'agency 1'],
    ],
    [['free', '--verdict', 'leave'], []],
    [
      ['free', '--after', '2026-02-02'],
      ['agency 0', 'agency 1'],
    ],
    [['free', '--before', '2026-02-01'], ['other 0']],
    [['free', '--limit', '1'], ['agency 0']],
    [['free', 'OR', 'client'], []],
    [['free*'], ['agency 0', 'agency 1', 'other 0']],
  ])('%j finds %j', async (args, found) => {
    keep(OTHER, AGENCY);
    const { code, stdout } = await home.run('search', ...args, '--json');
    const { schema, hits } = JSON.parse(stdout);
    expect([code, schema]).toEqual([0, 'offrecord.search/1']);
    expect(
      hits.map(({ call, utterance }: (typeof hits)[0]) => `${call.file.replace('.wav', '')} ${utterance}`),
    ).toEqual(found);
  });

  it('gives the places of the words, and says when there are more lines', async () => {
    keep(OTHER, AGENCY);
    const { hits, more, phrases } = JSON.parse((await home.run('search', 'free', '--limit', '1', '--json')).stdout);
    expect({ more, phrases }).toEqual({ more: true, phrases: ['free'] });
    expect(hits[0]).toMatchObject({ start: 75, speaker: 'interviewer', text: ASKED.text, marks: [[17, 21]] });
    expect((await home.run('search', 'free', '--limit', '1')).stdout).toMatch(/first 1; there are more/);
    expect(JSON.parse((await home.run('search', 'free', '--limit', '3', '--json')).stdout).more).toBe(false);
  });

  it.each([
    [['zebra'], 'No line that is kept has “zebra” in it.\n'],
    [['zebra', 'free work'], 'No line that is kept has “zebra” and “free work” in it.\n'],
    [['free', '--verdict', 'leave'], 'No line of the calls that you asked for has “free” in it.\n'],
  ])('says in a sentence that %j is not there', async (args, sentence) => {
    keep(AGENCY);
    expect(await home.run('search', ...args)).toEqual({ code: 0, stdout: sentence, stderr: '' });
  });

  it('finds nothing where nothing is kept, and makes nothing', async () => {
    expect(await home.run('search', 'free')).toMatchObject({
      code: 0,
      stdout: 'No line that is kept has “free” in it.\n',
    });
    expect(existsSync(home.storeDir)).toBe(false);
    expect(readdirSync(home.dir)).toEqual([]);
  });

  it.each([
    [['!!!'], 'There is no word to look for in “!!!”.'],
    [[''], 'There is no word to look for in “”.'],
    [[], "missing required argument 'words'"],
    [['free', '--label', 'nonsense'], 'Allowed choices are recording-request'],
    [['free', '--after', 'monday'], '“monday” is not a day'],
    [['free', '--limit', '0'], '“0” is not a number from 1'],
  ])('refuses %j', async (args, sentence) => {
    const { code, stderr } = await home.run('search', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

describe('what was typed', () => {
  it.each<[args: string[], phrases: string[]]>([
    [
      ['one', 'two'],
      ['one', 'two'],
    ],
    [['one two'], ['one two']],
    [['"one two" three'], ['one two', 'three']],
    [['three "one two'], ['three', 'one two']],
    [
      ['“one two”', 'x"y z"'],
      ['one two', 'x', 'y z'],
    ],
    [['!!', '-', '""', 'a!'], ['a!']],
  ])('%j is %j', (args, phrases) => {
    expect(toPhrases(args)).toEqual(phrases);
  });
});
