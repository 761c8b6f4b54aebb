import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Classifier, loadClassifier, OUTPUTS } from '../../src/classify/classifier.js';
import { type ClassifyOptions, classify } from '../../src/classify/classify.js';
import { readGold } from '../../src/commands/gold.js';
import { findModel, modelDir } from '../../src/models/manifest.js';
import { SENSITIVITIES, type Speaker } from '../../src/types.js';
import { inBrief, makeUtterances } from '../make.js';

const CORPUS = join(modelDir(findModel('classifier', 'red-flags')), 'corpus', 'calls');

let classifier: Classifier;
beforeAll(async () => {
  classifier = await loadClassifier(modelDir(findModel('classifier', 'red-flags')));
});
afterAll(() => classifier.dispose());

const normal: ClassifyOptions = { sensitivity: 'normal' };

const labelsOf = async (...lines: [Speaker, string][]): Promise<string[]> => {
  const { flags } = await classify(makeUtterances(...lines), classifier, normal);
  return flags.map(({ utterance, label }) => `${utterance} ${label}`);
};

describe('classify', () => {
  it('follows a request, a no and the pushback', async () => {
    const lines: [Speaker, string][] = [
      ['interviewer', 'Before we start, do you mind if I record this call?'],
      ['candidate', 'I would rather not be recorded.'],
      ['interviewer', 'Honestly, everyone does this, no other candidate minded. Why would that be a problem for you?'],
    ];
    const { flags, timeline, verdict } = await classify(makeUtterances(...lines), classifier, normal);
    expect(flags.map(({ utterance, label }) => `${utterance} ${label}`)).toEqual([
      '0 recording-request',
      '2 everyone-does-this',
      '2 refusal-pushback',
    ]);
    expect(timeline.map(inBrief)).toEqual([
      '0 asked recording-request 0',
      '1 consent-refused recording-request 0',
      '2 pressed recording-request 2',
    ]);
    expect(verdict).toEqual({ level: 'leave', reasons: ['You said no at 0:10; they pressed on at 0:20.'] });
  });

  it('quotes the sentence, and names words that stand where it says', async () => {
    const line = 'Great to meet you. Do you mind if I record this conversation? We have about thirty minutes.';
    const { flags } = await classify(makeUtterances(['interviewer', line]), classifier, normal);
    const [flag] = flags;
    expect(flag?.quote).toBe('Do you mind if I record this conversation?');
    expect(line.slice(...(flag?.span ?? [0, 0]))).toBe(flag?.quote);
    expect(flag?.why.map(({ text }) => text)).toContain('record');
    for (const { text, span } of flag?.why ?? []) expect(flag?.quote.slice(...span)).toBe(text);
    expect(flag?.score).toBeGreaterThan(flag?.threshold ?? 1);
  });

  it.each<[string, [Speaker, string][]]>([
    [
      'a candidate who retells',
      [['candidate', 'At the last place they asked me for my social security number before any offer.']],
    ],
    [
      'talk about a product that records',
      [['interviewer', 'Our product records sales meetings, and you would own the recording service.']],
    ],
    ['an ordinary question', [['interviewer', 'Walk me through a project that you are proud of.']]],
    ['a set phrase', [['interviewer', 'We had record revenue last year, with a great track record.']]],
  ])('does not flag %s', async (_, lines) => {
    expect(await labelsOf(...lines)).toEqual([]);
  });

  it('judges the same words the same way each time', async () => {
    const lines: [Speaker, string][] = [
      ['unknown', 'Please send us a copy of your passport and your bank details today.'],
    ];
    const [first, second] = [
      await classify(makeUtterances(...lines), classifier, normal),
      await classify(makeUtterances(...lines), classifier, normal),
    ];
    expect(first).toEqual(second);
    expect(first.flags.length).toBeGreaterThan(0);
  });

  it('flags more the more sensitive it is', async () => {
    const gold = readGold([join(CORPUS, 'quarry.jsonl')]).slice(0, 6);
    const counts = { low: 0, normal: 0, high: 0 };
    for (const sensitivity of SENSITIVITIES) {
      for (const { lines } of gold) {
        const said = makeUtterances(...lines.map(({ speaker, text }): [Speaker, string] => [speaker, text]));
        counts[sensitivity] += (await classify(said, classifier, { sensitivity })).flags.length;
      }
    }
    expect(counts.low).toBeLessThan(counts.normal);
    expect(counts.normal).toBeLessThan(counts.high);
  });
});

describe('the classifier', () => {
  const long = Array.from({ length: 5000 }, () => 'supercalifragilistic').join(' ');

  it('has one output for each label and event, and takes very long lines', async () => {
    const { logOdds, weigh } = await classifier.judge({ speaker: 'unknown', text: long }, [
      { speaker: 'unknown', text: long },
    ]);
    expect(logOdds).toHaveLength(OUTPUTS.length);
    expect(logOdds.every(Number.isFinite)).toBe(true);
    expect(weigh(0)).toHaveLength(5000);
  });

  it('weighs the words that carry a label more than the others', async () => {
    const text = 'Lovely weather here today. Could you send us a scan of your passport and your bank details?';
    const { weigh } = await classifier.judge({ speaker: 'interviewer', text }, []);
    const weights = weigh(OUTPUTS.indexOf('identity-or-money'));
    const heaviest = Math.max(...weights);
    expect(text.split(' ')[weights.indexOf(heaviest)]).toMatch(/passport|bank|scan|details/);
    expect(Math.max(...weights.slice(0, 4))).toBeLessThan(heaviest / 2);
  });
});
