import { cleanText } from '../../clean-text.js';
import { clock } from '../../time.js';
import type { Flag, Report } from '../../types.js';
import { shownFlags } from '../shown.js';

/** Enough to make the point; the rest is in the report. */
const MOST_QUOTES = 4;

/** A whole letter: subject, greeting, the call, the body, and the end. Blanks to fill in stand in brackets. */
export function letter(subject: string, report: Report, body: string[]): string {
  return [
    `Subject: ${subject}`,
    'Dear [name of your contact],',
    aboutCall(report),
    ...body,
    'Thank you for your help, and kind regards,',
    '[your name]\n',
  ].join('\n\n');
}

function aboutCall({ call }: Report): string {
  const role = call.role === null ? '' : ` about the role of ${cleanText(call.role)}`;
  const company = call.company === null ? '[company]' : cleanText(call.company);
  return `On ${call.date ?? '[date of the call]'} I spoke with ${company}${role}. Thank you for your time.`;
}

/** What was said, with the time in the call, under a sentence that leads to it; nothing where there is nothing to quote. */
export function quotes(lead: string, moments: Pick<Flag, 'start' | 'quote' | 'utterance'>[]): string[] {
  const said = moments.filter(({ quote }) => quote !== '');
  const once = said.filter(({ quote }, i) => said.findIndex(other => other.quote === quote) === i);
  if (once.length === 0) return [];
  const lines = once.slice(0, MOST_QUOTES).map(({ start, quote }) => {
    const time = start === null ? '' : `${clock(start)}  `;
    return `- ${time}“${cleanText(quote)}”`;
  });
  const timed = once.some(({ start }) => start !== null) ? ' (with the time in the call)' : '';
  return [[`${lead}${timed}:`, ...lines].join('\n')];
}

/** The flags of some families or labels that were not dismissed, in the order of the call. */
export function flagsOf(report: Report, names: string[]): Flag[] {
  return shownFlags(report)
    .filter(({ family, label }) => names.includes(family) || names.includes(label))
    .toSorted((a, b) => a.utterance - b.utterance);
}
