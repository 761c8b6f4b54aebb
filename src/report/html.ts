import { LABELS } from '../taxonomy.js';
import { clock } from '../time.js';
import type { Flag, Report, Utterance } from '../types.js';
import { PAGE_STYLE } from './html-style.js';
import { escapeHtml, withMarks } from './html-text.js';
import { answeredSteps, callFacts, flagNamesOn, SPEAKER_NAMES, shownFlags, shownUtterances } from './shown.js';
import { headlineOf, isUnreliable } from './text.js';
import { describeStep } from './timeline-text.js';

/** Nothing is fetched, whatever was said in the call: the page has no source but itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The report and the transcript as one page that needs nothing else, to read, print or pass on. */
export function renderHtml(report: Report): string {
  const { call, verdict } = report;
  const notices = section('Before you rely on this', list(report.notices.map(escapeHtml)));
  const first = isUnreliable(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(call.file)} · Off the Record</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1><bdi>${escapeHtml(call.file)}</bdi></h1>
<p class="quiet">${[...callFacts(report).map(escapeHtml)].map(fact => `<bdi>${fact}</bdi>`).join(' · ')}</p>
</header>
<section class="verdict ${first && verdict.level === 'clear' ? 'note' : verdict.level}">
<h2>${headlineOf(report)}</h2>
${verdict.reasons.map(reason => `<p>${escapeHtml(reason)}</p>`).join('\n')}
</section>
${first ? notices : ''}
${section('Red flags', shownFlags(report).map(flagBlock))}
${section('What was asked, and what was answered', list(answeredSteps(report).map(step => line(step.start, escapeHtml(describeStep(step, report))))))}
${first ? '' : notices}
${section(
  'Transcript',
  shownUtterances(report).map(utterance => utteranceBlock(utterance, shownFlags(report))),
)}
<footer><p class="quiet">Made by Off the Record, which reads words and can mishear or miss them. No legal advice.</p></footer>
</body>
</html>
`;
}

function section(title: string, parts: string[]): string {
  return parts.length === 0 ? '' : `<section>\n<h2>${title}</h2>\n${parts.join('\n')}\n</section>`;
}

function list(items: string[]): string[] {
  return items.length === 0 ? [] : [`<ul>\n${items.map(item => `<li>${item}</li>`).join('\n')}\n</ul>`];
}

function line(start: number | null, html: string): string {
  return start === null ? html : `<time>${clock(start)}</time> ${html}`;
}

function flagBlock({ label, severity, start, quote }: Flag): string {
  const { name, finding, advice } = LABELS[label];
  const said = quote === '' ? '' : `\n<blockquote><bdi>“${escapeHtml(quote)}”</bdi></blockquote>`;
  return `<article class="${severity}">
<h3>${line(start, name)} <span class="quiet">${severity}</span></h3>${said}
<p>${finding} ${advice}</p>
</article>`;
}

function utteranceBlock({ id, start, speaker, text }: Utterance, flags: Flag[]): string {
  const names = flagNamesOn(flags, id).map(name => ` <span class="flag">${name}</span>`);
  const spans = flags.filter(flag => flag.utterance === id).map(({ span }) => span);
  return `<div class="said ${speaker}"><p class="who">${line(start, SPEAKER_NAMES[speaker])}</p><p><bdi>${withMarks(text, spans)}</bdi>${names.join('')}</p></div>`;
}
