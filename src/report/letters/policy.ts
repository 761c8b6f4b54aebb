import type { Family, Report } from '../../types.js';
import { shownFlags } from '../shown.js';
import { flagsOf, letter, quotes } from './frame.js';

const QUESTIONS: Record<Family, string[]> = {
  recording: [
    'Are interviews recorded or transcribed, by whom, and may I say no without a disadvantage?',
    'Who keeps a recording, for how long, who sees it, and how can I have it deleted?',
  ],
  pressure: ['Which of the things I was asked for are required, by which rule, and who decides about exceptions?'],
  'ip-harvesting': [
    'Who may use what applicants write or show in the process, and is work for your own use paid?',
    'How do you make sure that applicants share nothing that belongs to other employers?',
  ],
  'data-harvesting': [
    'Which personal data and documents do you need before an offer, and why?',
    'Does software score, rank or watch applicants, and does a person decide in the end?',
  ],
};

/** Asks for the rules about what came up in the call; about all of it where nothing was flagged. */
export function policyLetter(report: Report): string {
  const flagged = new Set(shownFlags(report).map(({ family }) => family));
  const asked = (Object.keys(QUESTIONS) as Family[]).filter(family => flagged.size === 0 || flagged.has(family));
  return letter('Your rules for interviews', report, [
    ...quotes('Some points of the call left me with questions', flagsOf(report, [...flagged])),
    [
      'Before the next step, please send me your rules in writing:',
      ...asked.flatMap(family => QUESTIONS[family]).map(question => `- ${question}`),
    ].join('\n'),
    'A link to your policy is fine where it answers this. I look forward to going on once I have read it.',
  ]);
}
