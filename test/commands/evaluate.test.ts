import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGold } from '../../src/commands/gold.js';
import { Home } from '../cli.js';

const LINES = [
  { speaker: 'interviewer', text: 'Do you mind if I record this call?', labels: ['recording-request'] },
  { speaker: 'candidate', text: 'I would rather not be recorded.', events: ['consent-refused'] },
  { speaker: 'recruiter2', text: 'Could you send us your passport and your bank account number?', labels: [] },
];

let home: Home;
const at = (name: string): string => join(home.dir, name);
beforeAll(() => {
  home = new Home();
  writeFileSync(at('gold.jsonl'), `${JSON.stringify({ id: 'one', utterances: LINES })}\n`);
  mkdirSync(at('talk'));
  writeFileSync(
    at('talk/plans.txt'),
    'Ann: We are recording this.\nBob: Fine.\nAnn: So the case is yellow, and rubber.\n',
  );
  writeFileSync(at('talk/index.tsv'), 'file\tnotes\nplans.txt\tL1: recording-announced (by words)\n');
});
afterAll(() => home.remove());

describe('evaluate', () => {
  it('counts what the classifier finds in labelled calls, under each condition', async () => {
    const { code, stdout } = await home.run('evaluate', 'gold.jsonl', '--json');
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ schema: 'offrecord.evaluation/2', calls: 1, utterances: 3, sensitivity: 'normal' });
    expect(found.conditions.map(({ condition }: { condition: string }) => condition)).toEqual([
      ...['speakers known', 'speakers guessed', 'speakers unknown', '10 % word errors', '20 % word errors'],
    ]);
    expect(found.conditions[0]).toMatchObject({
      labels: {
        'recording-request': { support: 1, right: 1 },
        'identity-or-money': { support: 0, found: 1, right: 0 },
      },
      events: { 'consent-refused': { support: 1, right: 1 } },
      ...{ cleanCalls: { calls: 0, flagged: 0 }, falseAlarms: { utterances: 1 } },
      verdicts: { ask: { leave: 1 } },
    });
  });

  it('prints tables, and only the false alarms of talk without flags', async () => {
    const { stdout } = await home.run('evaluate', 'gold.jsonl', '--quick');
    expect(stdout).toMatch(/^1 calls, 3 utterances.*\n\nlabel +support +precision/);
    expect(stdout).toMatch(/\nrecording-request +1 +1\.000 +1\.000 +1\.000 +1\.000\n/);
    writeFileSync(at('talk/plain.txt'), 'Ann: So the case is yellow.\nBob: Yes, and rubber.\n');
    const talk = await home.run('evaluate', 'talk/plain.txt');
    expect(talk.stdout).toMatch(/speakers known +0 false alarms, 0\.00 an hour\n/);
  });

  it.each([
    ['{"id": "x"}', /^bad\.jsonl, line 1 is not a labelled call \(utterances/],
    ['{"id": "x", "utterances": [{"speaker": "boss", "text": ""}]}', /speaker.*is no speaker/],
    ['nothing', /it is not JSON/],
  ])('refuses %s', (line, sentence) => {
    writeFileSync(at('bad.jsonl'), line);
    expect(() => readGold([at('bad.jsonl')])).toThrow(sentence);
  });
});

describe('readGold', () => {
  it('reads single utterances with what was said before them, which is not measured', () => {
    const row = {
      text: 'Then just the audio?',
      speaker: 'interviewer',
      context: [['candidate', 'No, thanks.']],
      labels: ['refusal-pushback'],
      events: null,
    };
    writeFileSync(at('rows.jsonl'), JSON.stringify(row));
    expect(readGold([at('rows.jsonl')])).toEqual([
      {
        id: 'rows.jsonl, line 1',
        lines: [
          { speaker: 'candidate', voice: 0, text: 'No, thanks.', labels: [], events: null, isContext: true },
          { speaker: 'interviewer', voice: 1, text: row.text, labels: row.labels, events: null },
        ],
      },
    ]);
  });

  it('reads talk a turn a line, keeps voices apart, and knows the lines that are flags by their words', () => {
    const [call] = readGold([at('talk/plans.txt')]);
    expect(call?.lines.map(({ speaker, voice, text, labels }) => [speaker, voice, text, labels])).toEqual([
      ['unknown', 0, 'We are recording this.', ['recording-announced']],
      ['unknown', 1, 'Fine.', []],
      ['unknown', 0, 'So the case is yellow, and rubber.', []],
    ]);
  });
});
