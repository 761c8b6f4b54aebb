import { describe, expect, it } from 'vitest';
import { OUTPUTS } from '../../src/classify/classifier.js';
import { confusionsOf, type GoldLine, type HeardCall, measure, reliabilityOf } from '../../src/classify/measure.js';
import type { Label } from '../../src/types.js';

const cuts = (): number[] => OUTPUTS.map(() => 0);

/** A call whose lines are all the interviewer's: the labels they carry, and those that are found, with the log-odds 2. */
function heardCall(id: string, ...lines: [gold: Label[], found: Label[]][]): HeardCall {
  const gold: GoldLine[] = lines.map(([labels], i) => ({
    ...{ speaker: 'interviewer' as const, voice: 0, text: `Line ${i}.`, labels, events: [] },
  }));
  const judgements = lines.map(([, found]) => ({
    logOdds: OUTPUTS.map(name => (found.some(label => label === name) ? 2 : -2)),
    weigh: () => [],
  }));
  return { call: { id, lines: gold }, judgements };
}

const heard = [
  heardCall(
    'a-01',
    [['recording-request'], ['recording-request']],
    [[], ['surveillance']],
    [['free-work'], ['method-extraction']],
  ),
  heardCall('a-02', [[], []], [[], []]),
  heardCall('a-03', [[], ['urgency-scarcity']]),
];

describe('measure', () => {
  const measured = measure('as they are', heard, cuts, 2);

  it('counts labels, and families as any of their labels', () => {
    expect(measured.labels['recording-request']).toMatchObject({ support: 1, precision: 1, recall: 1 });
    expect(measured.labels['free-work']).toMatchObject({ support: 1, found: 0 });
    expect(measured.families['ip-harvesting']).toMatchObject({ support: 1, found: 1, right: 1 });
  });

  it('counts clean calls, lines with a false alarm, and calls by verdict', () => {
    expect(measured.cleanCalls).toEqual({ calls: 2, flagged: 1 });
    expect(measured.falseAlarms).toEqual({ utterances: 3, perHour: 1.5 });
    expect(measured.verdicts.ask.ask).toBe(1);
    expect(measured.verdicts.clear).toEqual({ leave: 0, ask: 0, note: 1, clear: 1 });
  });

  it('does not count a flag on the candidate’s own line', () => {
    const own = heardCall('a-04', [[], ['surveillance']]);
    const spoken = own.call.lines.map(line => ({ ...line, speaker: 'candidate' as const }));
    const { falseAlarms } = measure('', [{ ...own, call: { id: 'a-04', lines: spoken } }], cuts, 1);
    expect(falseAlarms.utterances).toBe(0);
  });
});

describe('measure, of single lines', () => {
  it('does not count the context, nor events that nobody looked for', () => {
    const [call] = [heardCall('row', [[], ['surveillance']], [['free-work'], ['free-work']])];
    const lines = call.call.lines.map((line, i) => ({ ...line, events: null, isContext: i === 0 }));
    const measured = measure('', [{ ...call, call: { id: 'row', lines } }], cuts, 1);
    const { falseAlarms, events, labels, cleanCalls } = measured;
    expect(cleanCalls.calls).toBe(0);
    expect(measured.verdicts.ask.ask).toBe(0);
    expect(falseAlarms.utterances).toBe(0);
    expect(events['consent-given']).toMatchObject({ support: 0, found: 0 });
    expect(labels['free-work']).toMatchObject({ support: 1, right: 1 });
  });
});

describe('reliabilityOf', () => {
  it('compares the mean score of each tenth with the share that is true', () => {
    const [low, high] = reliabilityOf(heard);
    expect(low).toMatchObject({ from: 0.1, count: 6 * 15 - 4, share: 1 / 86 });
    expect(high).toMatchObject({ from: 0.8, count: 4, share: 1 / 4 });
    expect(high?.score).toBeCloseTo(0.881, 3);
  });
});

describe('confusionsOf', () => {
  it('pairs what was missed with what was found instead on the same line', () => {
    expect(confusionsOf(heard, cuts)).toEqual([{ gold: 'free-work', found: 'method-extraction', count: 1 }]);
  });
});
