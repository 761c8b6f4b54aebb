import { cleanText } from '../clean-text.js';
import { LABELS } from '../taxonomy.js';
import { clock } from '../time.js';
import type { Flag, Report } from '../types.js';
import { answeredSteps, callFacts, flagNamesOn, SPEAKER_NAMES, shownFlags, shownUtterances } from './shown.js';
import { headlineOf, isUnreliable } from './text.js';
import { describeStep } from './timeline-text.js';

/** The report and the transcript as Markdown. */
export function renderMarkdown(report: Report): string {
  const first = isUnreliable(report);
  const notices = section('Before you rely on this', [report.notices.map(notice => `- ${plain(notice)}`).join('\n')]);
  return [
    `# ${plain(report.call.file)}`,
    ['Off the Record', ...callFacts(report).map(plain)].join(' · '),
    `## ${headlineOf(report)}`,
    ...report.verdict.reasons.map(plain),
    ...(first ? notices : []),
    ...section('Red flags', shownFlags(report).map(flagText)),
    ...section('What was asked, and what was answered', [steps(report)]),
    ...(first ? [] : notices),
    ...section('Transcript', transcript(report)),
    '',
  ].join('\n\n');
}

function section(title: string, parts: string[]): string[] {
  const shown = parts.filter(part => part !== '');
  return shown.length > 0 ? [`## ${title}`, ...shown] : [];
}

function flagText({ label, severity, start, quote }: Flag): string {
  const { name, finding, advice } = LABELS[label];
  const said = quote === '' ? [] : [`> “${plain(quote)}”`];
  return [`### ${time(start)}${name} (${severity})`, ...said, `${finding} ${advice}`].join('\n\n');
}

function steps(report: Report): string {
  return answeredSteps(report)
    .map(step => `- ${time(step.start)}${describeStep(step, report)}`)
    .join('\n');
}

function transcript(report: Report): string[] {
  const flags = shownFlags(report);
  return shownUtterances(report).map(({ id, start, speaker, text }) => {
    const marks = flagNamesOn(flags, id).map(name => ` **[${name}]**`);
    return `**${time(start)}${SPEAKER_NAMES[speaker]}:** ${plain(text)}${marks.join('')}`;
  });
}

function time(start: number | null): string {
  return start === null ? '' : `${clock(start)} `;
}

/** Words of a call never become headings, links, pictures or tags. */
function plain(text: string): string {
  return cleanText(text)
    .replace(/[\\`*_[\]<>&#|~!$]/g, '\\$&')
    .replace(/^([-+=]|\d+[.)])/, '\\$1');
}
