import { describe, expect, test } from 'vitest';
import { readTurns } from '../../src/transcript/turns.js';
import type { Piece, SpeakerMap } from '../../src/types.js';

const nobody: SpeakerMap = new Map();

describe('turns with names', () => {
  test('lines and paragraphs without a name go on with the turn', () => {
    const text = 'Laura (Recruiter): Do you mind\nif I record?\n\nIt is for my notes.\n\nMe: I do mind.';
    expect(readTurns(text, nobody).map(brief)).toEqual([
      'interviewer: Do you mind if I record? It is for my notes.',
      'candidate: I do mind.',
    ]);
  });

  test('what stands before the first name belongs to nobody', () => {
    const text = 'Call of 3 May\n\nRecruiter: Hello.\nCandidate: Hello.';
    expect(readTurns(text, nobody).map(brief)).toEqual([
      'unknown: Call of 3 May',
      'interviewer: Hello.',
      'candidate: Hello.',
    ]);
  });

  test('the user names the speakers', () => {
    const speakers: SpeakerMap = new Map([['tom', 'candidate']]);
    expect(readTurns('Laura: Hello.\nTom: Hi.', speakers).map(({ speaker }) => speaker)).toEqual([
      'unknown',
      'candidate',
    ]);
  });

  test('two unknown names keep their voices apart', () => {
    expect(readTurns('Laura: Hello.\nTom: Hi.\nLAURA: Well.', nobody).map(({ channel }) => channel)).toEqual([0, 1, 0]);
  });
});

describe('times', () => {
  test.each([
    ['[00:12] Laura: Hello.\n[01:02:03] Tom: Hi.'],
    ['00:12 Laura: Hello.\n\n01:02:03 Tom: Hi.'],
    ['(0:12) - Laura: Hello.\n(1:02:03) - Tom: Hi.'],
    ['Laura  0:12\nHello.\n\nTom  1:02:03\nHi.'],
    ['Laura (00:12): Hello.\nTom (01:02:03): Hi.'],
    ['00:00:12.000\nLaura: Hello.\n\n01:02:03.000\nTom: Hi.'],
  ])('%j', text => {
    expect(readTurns(text, nobody).map(({ start, end, text }) => [start, end, text])).toEqual([
      [12, 3723, 'Hello.'],
      [3723, null, 'Hi.'],
    ]);
  });

  test('the range that whisper.cpp prints', () => {
    const text = '[00:00:01.500 --> 00:00:04.000]   Hello there,\n[00:00:04.000 --> 00:00:05.250]   Anna.';
    expect(readTurns(text, nobody).map(({ start, end, text }) => [start, end, text])).toEqual([
      [1.5, 4, 'Hello there,'],
      [4, 5.25, 'Anna.'],
    ]);
  });

  test('a time of day in a letter is not the time of its words', () => {
    const text = 'Hi Anna,\n\n9:30 works for me.\n\nBring your ID.\n\nLaura';
    expect(readTurns(text, nobody)[1]).toMatchObject({ start: null, text: '9:30 works for me.' });
  });
});

describe('text without names', () => {
  test('each paragraph is one unknown speaker’s piece', () => {
    expect(readTurns('\n\nSend us\nyour passport.\n\n\nThank you.\n', nobody)).toEqual([
      { start: null, end: null, channel: 0, speaker: 'unknown', text: 'Send us your passport.', trust: 'given' },
      { start: null, end: null, channel: 0, speaker: 'unknown', text: 'Thank you.', trust: 'given' },
    ]);
  });

  test('an e-mail loses its fields but not its subject, and its headings are no speakers', () => {
    const text =
      'From: laura@example.org\nTo: anna@example.org\nSubject: Your next round\n\nHi Anna,\n\n' +
      'Next steps: record a video.\nPlatform: our own\n\n> Can I skip it?\n\nLaura';
    expect(readTurns(text, nobody).map(brief)).toEqual([
      'unknown: Your next round',
      'unknown: Hi Anna,',
      'unknown: Next steps: record a video. Platform: our own',
      'unknown: Can I skip it?',
      'unknown: Laura',
    ]);
  });
});

function brief({ speaker, text }: Piece): string {
  return `${speaker}: ${text}`;
}
