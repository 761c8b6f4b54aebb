import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lessSensitive, soundsLikeInterview } from '../../src/classify/interview.js';
import { readLinear } from '../../src/classify/linear.js';
import { readGold } from '../../src/commands/gold.js';
import { findModel, modelDir } from '../../src/models/manifest.js';

const DIR = modelDir(findModel('classifier', 'red-flags'));
const roles = readLinear(readFileSync(join(DIR, 'roles.bin')));
const calls = readGold(['quarry', 'willow'].map(author => join(DIR, 'corpus', 'calls', `${author}.jsonl`)));

const TALK = [
  'Okay, so the, the button goes in the middle then.',
  'Yeah, um, and we said the case is gonna be rubber.',
  'Mm-hmm.',
  'Which is, you know, the trend for this year, fruit and vegetables.',
  'So the energy source, we decided on the kinetic one, right?',
  'Right, because the battery would be too heavy for the whole thing.',
];

describe('soundsLikeInterview', () => {
  it('is true of every call of authors that it never saw, without case and punctuation too', () => {
    const plain = calls.map(({ lines }) =>
      lines.map(({ text }) => ({ text: text.toLowerCase().replace(/[^\w' ]/g, ' ') })),
    );
    expect(calls.filter(({ lines }) => !soundsLikeInterview(lines, roles))).toEqual([]);
    expect(plain.filter(lines => !soundsLikeInterview(lines, roles))).toEqual([]);
  });

  it('is false of a meeting, and true of anything short', () => {
    const meeting = Array.from({ length: 5 }, () => TALK.map(text => ({ text }))).flat();
    expect(soundsLikeInterview(meeting, roles)).toBe(false);
    expect(soundsLikeInterview(meeting.slice(0, 19), roles)).toBe(true);
  });
});

describe('lessSensitive', () => {
  it('goes down one step, not below the lowest', () => {
    expect((['high', 'normal', 'low'] as const).map(lessSensitive)).toEqual(['normal', 'low', 'low']);
  });
});
