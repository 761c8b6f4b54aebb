import { describe, expect, test } from 'vitest';
import { LAWS } from '../../src/report/laws.js';
import { letterNotes } from '../../src/report/letter-notes.js';
import { LETTER_NAMES, LETTERS, type LetterName } from '../../src/report/letters/letters.js';
import type { Report } from '../../src/types.js';
import { makeFlag } from '../make.js';
import { reportOf } from '../store/reports.js';
import { halfDismissed, hostileReport, UNSEEN } from './hostile.js';

const LONGEST_CHARACTERS = 2500;

function write(name: LetterName, report: Report): string {
  return LETTERS[name].write(report);
}

/** A call about everything, by the labels in one order. */
function fullCall(): Report {
  const labels = ['recording-request', 'everyone-does-this', 'free-work', 'retention-or-sharing'] as const;
  const flags = labels.map((label, n) => ({ ...makeFlag(n, label, n), quote: `About ${label}.` }));
  const about = { date: '2026-11-20', company: 'Wexcombe', role: 'Analyst' };
  return reportOf('full', about, { flags, timeline: [] });
}

describe.each(LETTER_NAMES)('the %s letter', name => {
  test('has a subject, the call, a body, and clear blanks; it is short and names no law', () => {
    const text = write(name, fullCall());
    expect(text).toMatch(/^Subject: .+\n\nDear \[name of your contact\],\n\nOn 2026-11-20 I spoke with Wexcombe about/);
    expect(text).toMatch(/kind regards,\n\n\[your name\]\n$/);
    expect(text.length).toBeLessThan(LONGEST_CHARACTERS);
    for (const { place } of Object.values(LAWS)) expect(text).not.toContain(place.split(',')[0]);
    expect(text).not.toMatch(/GDPR|CCPA|law|article|!/i);
  });

  test('shows what is not known as a blank', () => {
    const text = write(name, reportOf('bare'));
    expect(text).toContain('On [date of the call] I spoke with [company]. Thank you');
    expect(text).not.toMatch(/null|undefined/);
  });

  test('quotes nothing that was dismissed, and holds nothing unseen', () => {
    const report = halfDismissed();
    const none = { ...report, flags: report.flags.map(flag => ({ ...flag, dismissed: true })) };
    expect(write(name, none)).not.toMatch(/“|I said no/);
    expect(write(name, hostileReport())).not.toMatch(UNSEEN);
  });

  test('comes with what to know before it is sent: each law with place, source and warning', () => {
    const notes = letterNotes(name, fullCall(), write(name, fullCall()));
    expect(notes[0]).toContain('[brackets]');
    expect(notes[2]).toContain('No legal advice');
    expect(notes.slice(3)).toHaveLength(LETTERS[name].laws.length);
    for (const law of notes.slice(3)) expect(law).toMatch(/\(.*20\d\d.*\)\. Check before you rely on it\.$/);
  });
});

test.each<[LetterName, string[]]>([
  ['access', ['recording-request', 'retention-or-sharing']],
  ['deletion', ['recording-request', 'free-work', 'retention-or-sharing']],
  ['no-recording', ['recording-request']],
  ['policy', ['recording-request', 'everyone-does-this', 'free-work', 'retention-or-sharing']],
])('the %s letter quotes what it is about, with times', (name, labels) => {
  const quotes = write(name, fullCall()).match(/^- \d:\d\d {2}“About .*”$/gm);
  const times: Record<string, string> = {
    ...{ 'recording-request': '0:00', 'everyone-does-this': '0:10' },
    ...{ 'free-work': '0:20', 'retention-or-sharing': '0:30' },
  };
  expect(quotes).toEqual(labels.map(label => `- ${times[label]}  “About ${label}.”`));
});

describe('the no-recording letter', () => {
  const [asked, no] = [halfDismissed().timeline[0], halfDismissed().timeline[2]];
  const withAnswer = (event: 'consent-given' | 'consent-refused', speaker: 'candidate' | 'unknown'): Report => {
    const report = halfDismissed();
    const utterances = report.utterances.map(one => (one.id === 2 ? { ...one, speaker } : one));
    if (!asked || !no) throw new Error('the report has no steps');
    return { ...report, utterances, timeline: [asked, { ...no, event }] };
  };

  test.each([
    ['consent-refused', 'candidate', 'I said no to this (0:20 into the call), and I’d like to confirm it.'],
    ['consent-given', 'candidate', 'I agreed to this (0:20 into the call). I have thought about it, and I take that'],
    ['consent-given', 'unknown', 'I do not agree to be recorded.'],
    ['consent-refused', 'unknown', 'I do not agree to be recorded.'],
  ] as const)('after %s by %s', (event, speaker, sentence) => {
    expect(write('no-recording', withAnswer(event, speaker))).toContain(sentence);
  });
});

test('the policy letter asks about what was flagged, and about everything where nothing was', () => {
  const some = write('policy', halfDismissed());
  expect(some).toContain('Are interviews recorded');
  expect(some).not.toMatch(/paid|documents/);
  expect(write('policy', { ...halfDismissed(), flags: [] }).match(/^- .*\?$/gm)).toHaveLength(7);
});

test('a transcript without times gives quotes without times', () => {
  const report = fullCall();
  const timeless = { ...report, flags: report.flags.map(flag => ({ ...flag, start: null, end: null })) };
  expect(write('access', timeless)).toMatch(/the following was said:\n- “About recording-request\.”\n/);
});
