import type { Report } from '../types.js';

/** A report without one word of what was said; verdict, labels, scores and times stay, so that it still counts. */
export function withoutWords(report: Report, day: string): Report {
  return {
    ...report,
    notices: [`The words of this call were deleted on ${day}. ${WHAT_STAYS}`, ...report.notices],
    utterances: report.utterances.map(utterance => ({ ...utterance, text: '' })),
    flags: report.flags.map(flag => ({ ...flag, quote: '', span: [0, 0], why: [] })),
  };
}

const WHAT_STAYS = 'Its verdict, labels and times were kept, so quotes and transcript are empty.';
