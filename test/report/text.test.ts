import { describe, expect, it } from 'vitest';
import { painter } from '../../src/report/style.js';
import { renderText } from '../../src/report/text.js';
import { wrap } from '../../src/report/wrap.js';
import type { Report } from '../../src/types.js';
import { makeFlag, makeUtterances } from '../make.js';

const report: Report = {
  schema: 'offrecord.report/1',
  call: {
    ...{ id: '0a1b2c3d', file: 'call.m4a', sha256: '0a1b2c3d', duration: 3725, channels: 2, date: '2026-11-28' },
    ...{ company: 'Bright Path', role: null, analyzedAt: '2026-11-28T10:00:00.000Z', kept: false },
  },
  models: { whisper: null, classifier: { name: 'red-flags', version: '1', sha256: '', sensitivity: 'normal' } },
  timings: { decode: 0, vad: 0, transcribe: 0, classify: 0, total: 0, rtf: null },
  verdict: { level: 'leave', reasons: ['You said no at 0:10; they pressed on at 0:20.'] },
  notices: ['Only half of the file could be read.'],
  utterances: makeUtterances(
    ['interviewer', 'May I record?'],
    ['candidate', 'No.'],
    ['interviewer', 'Everyone does this.'],
  ),
  flags: [
    { ...makeFlag(0, 'recording-request', 0), quote: 'May I record?' },
    { ...makeFlag(1, 'everyone-does-this', 2), quote: 'Everyone does this.' },
    { ...makeFlag(2, 'refusal-pushback', 2), quote: 'Everyone does this.' },
  ],
  timeline: [
    { event: 'asked', start: 0, utterance: 0, about: 'recording-request', flag: 0, after: null },
    { event: 'consent-refused', start: 10, utterance: 1, about: 'recording-request', flag: 0, after: 10 },
    { event: 'pressed', start: 20, utterance: 2, about: 'recording-request', flag: 2, after: 10 },
  ],
};

const plain = { width: 72, paint: painter(false), transcript: true };

describe('renderText', () => {
  it('prints verdict, flags, timeline, notices and transcript', () => {
    expect(renderText(report, plain)).toBe(`
  call.m4a  1:02:05 · one speaker a side · Bright Path · 2026-11-28

  Think about walking away.
  You said no at 0:10; they pressed on at 0:20.

  3 red flags

  0:00  Asked to record you  high, 90 %
        “May I record?”
        They asked to record you. You may say no, or ask first who keeps
        the recording, for how long, and what it is used for.
        The words that weighed most: said

  0:20  Did not accept your no + “Everyone does this”  critical, 90 %; high, 90 %
        “Everyone does this.”
        They pressed on after your no, or made it all or nothing. Your
        no was an answer.
        They told you that others accept it. What others accepted does
        not bind you.
        The words that weighed most: said

  What was asked, and what was answered

  0:00  they asked: recording you
  0:10  you said no: recording you  10 s later
  0:20  they pressed: recording you  10 s later

  Before you rely on this

  · Only half of the file could be read.

  Transcript

  0:00  interviewer
        May I record?
  0:10  candidate
        No.
  0:20  interviewer
        Everyone does this.

`);
  });

  it('says the same in colour', () => {
    const colored = renderText(report, { ...plain, paint: painter(true) });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is taken out
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderText(report, plain));
    expect(colored).not.toBe(renderText(report, plain));
  });

  it('leaves dismissed flags out', () => {
    const dismissed = { ...report, flags: report.flags.map(flag => ({ ...flag, dismissed: true })) };
    expect(renderText(dismissed, plain)).not.toContain('Everyone does this”');
  });
});

describe('wrap', () => {
  it.each([
    ['a text that fits', 'one two', ['> one two']],
    ['a text that does not', 'one two three four five', ['> one two', '> three four', '> five']],
    ['a word longer than the line', 'abcdefghijklmnopqrstuvwxyz', ['> abcdefghij', '> klmnopqrst', '> uvwxyz']],
    ['nothing', '  ', []],
  ])('%s', (_, text, lines) => {
    expect(wrap(text, 12, '> ')).toEqual(lines);
  });
});
