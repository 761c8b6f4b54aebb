import { describe, expect, it } from 'vitest';
import { buildTimeline } from '../src/classify/timeline.js';
import type { Label, VerdictLevel } from '../src/types.js';
import { decideVerdict } from '../src/verdict.js';
import { makeFlag, makeUtterances } from './make.js';

const utterances = makeUtterances(...Array.from({ length: 9 }, () => ['unknown', 'Words.'] as ['unknown', string]));

describe('decideVerdict', () => {
  it.each<[string, [Label, number][], VerdictLevel]>([
    ['no flag', [], 'clear'],
    ['pressure of time alone', [['urgency-scarcity', 1]], 'note'],
    ['someone absent insists', [['authority-shift', 1]], 'note'],
    ['a request to record', [['recording-request', 1]], 'ask'],
    ['everyone does this', [['everyone-does-this', 1]], 'ask'],
    ['a secret asked for once', [['confidential-info', 1]], 'ask'],
    [
      'a secret asked for twice',
      [
        ['confidential-info', 1],
        ['confidential-info', 3],
      ],
      'leave',
    ],
    [
      'a secret, then pressure',
      [
        ['confidential-info', 1],
        ['everyone-does-this', 3],
      ],
      'leave',
    ],
    [
      'pressure, then a secret later',
      [
        ['urgency-scarcity', 1],
        ['confidential-info', 3],
      ],
      'ask',
    ],
    ['identity or money', [['identity-or-money', 1]], 'leave'],
    [
      'a no that was not accepted',
      [
        ['recording-request', 1],
        ['refusal-pushback', 3],
      ],
      'leave',
    ],
  ])('%s', (_, found, level) => {
    const flags = found.map(([label, utterance], id) => makeFlag(id, label, utterance));
    expect(decideVerdict(flags, buildTimeline(utterances, flags, [])).level).toBe(level);
  });

  it('says when the no was and when they pressed on', () => {
    const flags = [makeFlag(0, 'recording-request', 1), makeFlag(1, 'refusal-pushback', 4)];
    const timeline = buildTimeline(utterances, flags, [{ utterance: 2, name: 'consent-refused' }]);
    expect(decideVerdict(flags, timeline).reasons).toEqual(['You said no at 0:20; they pressed on at 0:40.']);
  });

  it('says that they asked again where the pushback names what was refused', () => {
    const flags = [
      makeFlag(0, 'recording-request', 1),
      makeFlag(1, 'recording-request', 4),
      makeFlag(2, 'refusal-pushback', 4),
    ];
    const timeline = buildTimeline(utterances, flags, [{ utterance: 2, name: 'consent-refused' }]);
    expect(decideVerdict(flags, timeline).reasons).toEqual(['You said no at 0:20; they asked again at 0:40.']);
  });

  it('does not tie a pushback to a no long before, nor pressure to a secret long before', () => {
    const long = makeUtterances(...Array.from({ length: 60 }, () => ['unknown', 'Words.'] as ['unknown', string]));
    const flags = [makeFlag(0, 'recording-request', 1), makeFlag(1, 'refusal-pushback', 50)];
    const timeline = buildTimeline(long, flags, [{ utterance: 2, name: 'consent-refused' }]);
    expect(decideVerdict(flags, timeline).reasons).toEqual([
      'They made it all or nothing, or did not accept a no at 8:20.',
    ]);
    const secret = [makeFlag(0, 'confidential-info', 1), makeFlag(1, 'urgency-scarcity', 50)];
    expect(decideVerdict(secret, []).level).toBe('ask');
  });

  it('names what was asked, and what was agreed to', () => {
    const flags = [makeFlag(0, 'recording-request', 1), makeFlag(1, 'free-work', 5), makeFlag(2, 'free-work', 7)];
    const timeline = buildTimeline(utterances, flags, [{ utterance: 2, name: 'consent-given' }]);
    expect(decideVerdict(flags, timeline).reasons).toEqual([
      'It was about recording you (0:10), unpaid work (0:50).',
      'You agreed at 0:20: recording you.',
    ]);
  });

  it('does not count what was dismissed', () => {
    const flags = [{ ...makeFlag(0, 'identity-or-money', 1), dismissed: true }];
    expect(decideVerdict(flags, []).level).toBe('clear');
  });

  it('never lets “none found” read as proof', () => {
    expect(decideVerdict([], []).reasons.join(' ')).toMatch(/not proof/);
  });
});
