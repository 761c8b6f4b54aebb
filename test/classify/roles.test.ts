import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLinear } from '../../src/classify/linear.js';
import { guessRoles } from '../../src/classify/roles.js';
import { readGold } from '../../src/commands/gold.js';
import { findModel, modelDir } from '../../src/models/manifest.js';
import type { Utterance } from '../../src/types.js';

const DIR = modelDir(findModel('classifier', 'red-flags'));
const model = readLinear(readFileSync(join(DIR, 'roles.bin')));
const calls = readGold([join(DIR, 'corpus', 'calls', 'quarry.jsonl'), join(DIR, 'corpus', 'calls', 'willow.jsonl')]);

const [first] = calls;
const utterances: Utterance[] = (first?.lines ?? []).map(({ text, voice }, id) => ({
  ...{ id, start: null, end: null, channel: voice, speaker: 'unknown' as const, text, trust: 'given' as const },
}));

describe('guessRoles', () => {
  it('is seldom wrong on calls of authors that it never saw, and knows most of them', () => {
    let [right, wrong, unknown] = [0, 0, 0];
    for (const { lines } of calls) {
      const blind = lines.map(({ text, voice }, id) => ({
        ...{ id, start: null, end: null, channel: voice, speaker: 'unknown' as const, text, trust: 'given' as const },
      }));
      for (const [i, { speaker }] of guessRoles(blind, model).utterances.entries()) {
        const isCandidate = lines[i]?.speaker === 'candidate';
        if (speaker === 'unknown') unknown += 1;
        else if ((speaker === 'candidate') === isCandidate) right += 1;
        else wrong += 1;
      }
    }
    expect(wrong / (right + wrong)).toBeLessThan(0.02);
    expect(unknown / (right + wrong + unknown)).toBeLessThan(0.3);
  });

  it('leaves one voice alone: it may be two people', () => {
    const mixed = utterances.map(utterance => ({ ...utterance, channel: 0 }));
    expect(guessRoles(mixed, model)).toEqual({ utterances: mixed, guessed: 0 });
  });

  it('keeps what is known, and guesses the other side beside it', () => {
    const candidate = utterances.find((_, i) => first?.lines[i]?.speaker === 'candidate')?.channel;
    const known = utterances.map(utterance =>
      utterance.channel === candidate ? { ...utterance, speaker: 'candidate' as const } : utterance,
    );
    const guess = guessRoles(known, model);
    expect(guess.guessed).toBe(known.filter(({ speaker }) => speaker === 'unknown').length);
    expect(new Set(guess.utterances.map(({ channel, speaker }) => `${channel === candidate} ${speaker}`))).toEqual(
      new Set(['true candidate', 'false interviewer']),
    );
  });

  it('does not take two lines for proof, nor a talk between two who share the work', () => {
    expect(guessRoles(utterances.slice(0, 2), model).guessed).toBe(0);
    const talk = [
      'Okay, so the button goes here?',
      'Yeah, um, and the case is rubber.',
      'Mm-hmm.',
      'And yellow, then.',
    ];
    const lines = Array.from({ length: 40 }, (_, id) => ({
      ...{ id, start: null, end: null, channel: id % 2, speaker: 'unknown' as const, trust: 'given' as const },
      text: talk[id % 4] ?? '',
    }));
    expect(guessRoles(lines, model).guessed).toBe(0);
  });
});
