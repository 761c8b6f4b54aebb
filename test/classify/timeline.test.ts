import { describe, expect, it } from 'vitest';
import { buildTimeline, type FoundEvent } from '../../src/classify/timeline.js';
import type { Flag } from '../../src/types.js';
import { inBrief, makeFlag, makeUtterances } from '../make.js';

const utterances = makeUtterances(...Array.from({ length: 30 }, () => ['unknown', 'Words.'] as ['unknown', string]));
const build = (flags: Flag[], events: FoundEvent[]): string[] => buildTimeline(utterances, flags, events).map(inBrief);

describe('buildTimeline', () => {
  it('ties a refusal and the pushback to the request before them', () => {
    const flags = [makeFlag(0, 'recording-request', 2), makeFlag(1, 'refusal-pushback', 4)];
    expect(build(flags, [{ utterance: 3, name: 'consent-refused' }])).toEqual([
      '2 asked recording-request 0',
      '3 consent-refused recording-request 0',
      '4 pressed recording-request 1',
    ]);
  });

  it('gives the seconds since the step before about the same demand', () => {
    const flags = [
      makeFlag(0, 'recording-request', 2),
      makeFlag(1, 'free-work', 3),
      makeFlag(2, 'recording-request', 6),
    ];
    const events: FoundEvent[] = [{ utterance: 4, name: 'consent-refused' }];
    expect(buildTimeline(utterances, flags, events).map(({ event, about, after }) => [event, about, after])).toEqual([
      ['asked', 'recording-request', null],
      ['asked', 'free-work', null],
      ['consent-refused', 'free-work', 10],
      ['asked', 'recording-request', 40],
    ]);
    const untimed = utterances.map(utterance => ({ ...utterance, start: null, end: null }));
    expect(buildTimeline(untimed, flags, events).map(({ after }) => after)).toEqual([null, null, null, null]);
  });

  it('ties an answer to the latest request', () => {
    const flags = [makeFlag(0, 'recording-request', 1), makeFlag(1, 'free-work', 5)];
    const events: FoundEvent[] = [
      { utterance: 2, name: 'consent-given' },
      { utterance: 6, name: 'consent-refused' },
    ];
    expect(build(flags, events)).toContain('2 consent-given recording-request 0');
    expect(build(flags, events)).toContain('6 consent-refused free-work 1');
  });

  it('names a line that asks and presses once, unless it presses on a no', () => {
    expect(build([makeFlag(0, 'free-work', 1), makeFlag(1, 'everyone-does-this', 1)], [])).toEqual([
      '1 asked free-work 0',
    ]);
    expect(build([makeFlag(0, 'recording-request', 1), makeFlag(1, 'refusal-pushback', 1)], [])).toEqual([
      '1 asked recording-request 0',
      '1 pressed recording-request 1',
    ]);
  });

  it('does not tie an answer to a request long before, nor to one that is not there', () => {
    const late: FoundEvent[] = [{ utterance: 29, name: 'consent-given' }];
    expect(build([makeFlag(0, 'recording-request', 1)], late).at(-1)).toBe('29 consent-given - -');
    expect(build([], [{ utterance: 0, name: 'data-question' }])).toEqual(['0 data-question - -']);
  });

  it('says of an announcement that it was told, and keeps an open request open beside a statement', () => {
    expect(build([makeFlag(0, 'recording-announced', 1)], [{ utterance: 2, name: 'consent-given' }])).toEqual([
      '1 told recording-announced 0',
      '2 consent-given recording-announced 0',
    ]);
    const flags = [makeFlag(0, 'identity-or-money', 1), makeFlag(1, 'retention-or-sharing', 3)];
    expect(build(flags, [{ utterance: 4, name: 'consent-refused' }]).at(-1)).toBe(
      '4 consent-refused identity-or-money 0',
    );
  });

  it('leaves out reasons for recording: they ask nothing', () => {
    expect(build([makeFlag(0, 'recording-rationale', 1)], [])).toEqual([]);
  });
});
