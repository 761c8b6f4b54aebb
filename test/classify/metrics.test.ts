import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Judged, macro, tally } from '../../src/classify/metrics.js';
import { readGold } from '../../src/commands/gold.js';
import { Home } from '../cli.js';

/** `G` carries the label, `+` was found: `G+` right, `G` missed, `+` false alarm. Scores fall from left to right. */
const judged = (...marks: string[]): Judged[] =>
  marks.map((mark, i) => ({ score: 1 - i / 10, found: mark.includes('+'), gold: mark.includes('G') }));

describe('tally', () => {
  it.each([
    ['all right', ['G+', 'G+', '-'], { precision: 1, recall: 1, f1: 1, averagePrecision: 1 }],
    ['one missed', ['G+', 'G', '-'], { precision: 1, recall: 0.5, f1: 2 / 3, averagePrecision: 1 }],
    ['one false alarm on top', ['+', 'G+'], { precision: 0.5, recall: 1, f1: 2 / 3, averagePrecision: 0.5 }],
    ['nothing to find', ['-', '+'], { precision: 0, recall: 0, f1: 0, averagePrecision: null }],
    ['nothing found', ['-', 'G'], { precision: 0, recall: 0, f1: 0, averagePrecision: 0.5 }],
  ])('%s', (_, marks, rates) => {
    expect(tally(judged(...marks))).toMatchObject(rates);
  });

  it('does not depend on the order of equal scores', () => {
    const same = (gold: boolean): Judged => ({ score: 0.5, found: true, gold });
    expect(tally([same(true), same(false)]).averagePrecision).toBe(0.5);
    expect(tally([same(false), same(true)]).averagePrecision).toBe(0.5);
  });
});

describe('macro', () => {
  it('is the mean over the names that occur', () => {
    expect(macro([tally(judged('G+')), tally(judged('G')), tally(judged('+'))], 'recall')).toBe(0.5);
    expect(macro([], 'f1')).toBe(0);
  });
});

describe('evaluate', () => {
  it('counts what the classifier finds in labelled calls', async () => {
    const home = new Home();
    const lines = [
      { speaker: 'interviewer', text: 'Do you mind if I record this call?', labels: ['recording-request'] },
      { speaker: 'candidate', text: 'I would rather not be recorded.', events: ['consent-refused'] },
      { speaker: 'recruiter2', text: 'Could you send us your passport and your bank account number?', labels: [] },
    ];
    writeFileSync(join(home.dir, 'gold.jsonl'), `${JSON.stringify({ id: 'one', utterances: lines })}\n`);
    const { code, stdout } = await home.run('evaluate', 'gold.jsonl', '--json');
    home.remove();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ schema: 'offrecord.evaluation/1', calls: 1, utterances: 3 },
      labels: {
        'recording-request': { support: 1, right: 1 },
        'identity-or-money': { support: 0, found: 1, right: 0 },
      },
      ...{ events: { 'consent-refused': { support: 1, right: 1 } }, cleanCalls: { calls: 0, flagged: 0 } },
    });
  });

  it.each([
    ['{"id": "x"}', /^gold\.jsonl, line 1 is not a labelled call \(utterances/],
    ['{"id": "x", "utterances": [{"speaker": "boss", "text": ""}]}', /speaker.*is no speaker/],
    ['nothing', /it is not JSON/],
  ])('refuses %s', (line, sentence) => {
    const home = new Home();
    writeFileSync(join(home.dir, 'gold.jsonl'), line);
    expect(() => readGold([join(home.dir, 'gold.jsonl')])).toThrow(sentence);
    home.remove();
  });
});
