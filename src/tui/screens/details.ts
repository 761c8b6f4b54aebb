import { ADVICE } from '../../report/advice-texts.js';
import { LABELS } from '../../taxonomy.js';
import { clock } from '../../time.js';
import type { Flag, Report } from '../../types.js';
import { wrapLine } from '../cells.js';
import { type Line, type Part, part, type Tone } from '../frame.js';
import type { OpenCall } from '../state.js';

/** All about the selected flag: what it means, what to say and do, and why it was flagged. */
export function detailsPane({ report, flag, detailsTop }: OpenCall, width: number, rows: number): Line[] {
  const found = report.flags[flag];
  const lines = found ? [...aboutFlag(found, width), ...reliance(report, width)] : withoutFlags(report, width);
  return lines.slice(Math.min(detailsTop, Math.max(0, lines.length - rows))).slice(0, rows);
}

function aboutFlag(flag: Flag, width: number): Line[] {
  const { label, severity, quote, start, dismissed } = flag;
  const { name, finding } = LABELS[label];
  const { say, now } = ADVICE[label];
  const tone: Tone = dismissed ? 'quiet' : severity;
  return [
    ...wrapLine([part(name, tone), part(`  ${severity}, ${percent(flag.score)} sure`, 'quiet')], width),
    ...(dismissed ? wrapLine([part('You dismissed this: it does not count. d brings it back.', 'medium')], width) : []),
    ...(quote === ''
      ? []
      : wrapLine([part(start === null ? '' : `${clock(start)} `, 'quiet'), ...quoteParts(flag)], width)),
    ...wrapLine([part(finding)], width),
    [],
    ...headed('Say next time', `“${say}”`, width),
    ...headed('Do now', now, width),
    ...why(flag, width),
  ];
}

/** A sentence is shorter; the transcript has all of it. */
const LONGEST_QUOTE = 800;

/** The quote, with the words that weighed. */
function quoteParts({ quote: whole, why: reasons }: Flag): Part[] {
  const quote = whole.length > LONGEST_QUOTE ? `${whole.slice(0, LONGEST_QUOTE)}…` : whole;
  const spans = reasons
    .map(({ span }) => span)
    .filter(([from, to]) => from >= 0 && to <= quote.length)
    .sort(([a], [b]) => a - b);
  const parts: Part[] = [part('“', 'quiet')];
  let at = 0;
  for (const [from, to] of spans) {
    if (from < at) continue;
    parts.push(part(quote.slice(at, from)), part(quote.slice(from, to), 'strong'));
    at = to;
  }
  return [...parts, part(quote.slice(at)), part('”', 'quiet')].filter(({ text }) => text !== '');
}

function headed(title: string, text: string, width: number): Line[] {
  return [[part(title, 'strong')], ...wrapLine([part(text)], width), []];
}

const BAR = 12;

function why({ why: reasons }: Flag, width: number): Line[] {
  const strongest = Math.max(...reasons.map(({ weight }) => Math.abs(weight)), 0);
  if (strongest === 0) return [];
  const rows = reasons.map(({ text, weight }): Line => {
    const bar = '█'.repeat(Math.max(1, Math.round((Math.abs(weight) / strongest) * BAR)));
    return [
      part(bar.padEnd(BAR + 1), weight < 0 ? 'quiet' : 'high'),
      part(text),
      part(weight < 0 ? '  (against it)' : '', 'quiet'),
    ];
  });
  return [...wrapLine([part('Why it was flagged: the words that weighed most', 'strong')], width), ...rows, []];
}

function reliance({ notices }: Report, width: number): Line[] {
  if (notices.length === 0) return [];
  return [
    [part('Before you rely on this', 'strong')],
    ...notices.flatMap(text => [...wrapLine([part(text, 'quiet')], width), []]),
  ];
}

function withoutFlags(report: Report, width: number): Line[] {
  const [reason = ''] = report.verdict.reasons;
  const next = 'Read the transcript if something troubles you, and press a for what you can do.';
  return [...wrapLine([part(reason)], width), [], ...wrapLine([part(next)], width), [], ...reliance(report, width)];
}

/** A score is never shown as certainty. */
function percent(score: number): string {
  return `${Math.min(99, Math.round(score * 100))} %`;
}
