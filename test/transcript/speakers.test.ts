import { expect, test } from 'vitest';
import { speakerOf } from '../../src/transcript/speakers.js';
import type { Speaker, SpeakerMap } from '../../src/types.js';

const nobody: SpeakerMap = new Map();

test.each<[string, Speaker]>([
  ['Candidate', 'candidate'],
  ['ME', 'candidate'],
  ['I', 'candidate'],
  ['the applicant', 'candidate'],
  ['Interviewer 2', 'interviewer'],
  ['recruiter2', 'interviewer'],
  ['Hiring Manager', 'interviewer'],
  ['Senior Recruiter', 'interviewer'],
  ['HR', 'interviewer'],
  ['HIRING_MANAGER', 'interviewer'],
  ['Laura (Recruiter)', 'interviewer'],
  ['[HR] Laura', 'interviewer'],
  ['Laura Smith, Technical Recruiter', 'interviewer'],
  ['Tom - Interviewer', 'interviewer'],
  ['Anna Bell (candidate)', 'candidate'],
  ['System', 'platform'],
  ['Fireflies.ai Notetaker', 'platform'],
  ['Laura Smith', 'unknown'],
  ['You', 'unknown'],
  ['SPEAKER_00', 'unknown'],
  ['Jim Bot', 'unknown'],
  ['Despicable Me', 'unknown'],
  ['Thr', 'unknown'],
  ['', 'unknown'],
  ['constructor', 'unknown'],
])('%s is %s', (name, speaker) => {
  expect(speakerOf(name, nobody)).toBe(speaker);
});

test('what the user said comes first, in any case and with or without the part in brackets', () => {
  const speakers: SpeakerMap = new Map([
    ['LAURA smith', 'candidate'],
    ['Interviewer', 'platform'],
  ]);
  expect(speakerOf('Laura Smith', speakers)).toBe('candidate');
  expect(speakerOf('Laura Smith (Recruiter)', speakers)).toBe('candidate');
  expect(speakerOf('interviewer', speakers)).toBe('platform');
  expect(speakerOf('Laura', speakers)).toBe('unknown');
});
