import { cleanText } from '../clean-text.js';
import type { Advice, AnswerHelp, LabelHelp, Moment } from './advice.js';
import { NO_LEGAL_ADVICE } from './laws.js';
import { BODY, INDENT, timeColumn } from './layout.js';
import { LETTERS } from './letters/letters.js';
import { VERDICT_MEANINGS } from './list.js';
import type { Paint } from './style.js';
import { wrap } from './wrap.js';

interface Layout {
  width: number;
  paint: Paint;
}

/** Advice as a person reads it after a call. */
export function renderAdvice(id: string, advice: Advice, layout: Layout): string {
  const { paint, width } = layout;
  const bullet = (text: string): string[] => bulletLines(text, width);
  const { level, headline, nothing, flags, answers, letters, laws, notices } = advice;
  return [
    '',
    INDENT + paint(VERDICT_MEANINGS[level], paint('strong', headline)),
    '',
    ...(nothing === null ? [] : [...wrap(nothing, width, INDENT), '']),
    ...flags.flatMap(help => flagLines(help, layout)),
    ...section(
      'What was answered',
      answers.flatMap(answer => answerLines(answer, layout)),
      layout,
    ),
    ...section(
      'Letters that may help',
      letters.map(name => letterLine(id, name, layout)),
      layout,
    ),
    ...section(
      'The law, where it may matter',
      laws.length === 0 ? [] : [NO_LEGAL_ADVICE, ...laws].flatMap(bullet),
      layout,
    ),
    ...section('Before you rely on this', notices.map(cleanText).flatMap(bullet), layout),
  ].join('\n');
}

function section(title: string, lines: string[], { paint }: Layout): string[] {
  return lines.length === 0 ? [] : [INDENT + paint('strong', title), '', ...lines, ''];
}

function flagLines({ name, severity, moments, finding, say, now }: LabelHelp, layout: Layout): string[] {
  const { paint, width } = layout;
  return [
    `${INDENT}${paint(severity, paint('strong', name))}${paint('quiet', `  ${severity}`)}`,
    ...moments.flatMap(moment => momentLines(moment, layout)),
    ...wrap(finding, width, BODY),
    ...hanging('Say:', `“${say}”`, width),
    ...hanging('Now:', now, width),
    '',
  ];
}

function momentLines({ start, quote }: Moment, { width, paint }: Layout): string[] {
  if (quote === '') return start === null ? [] : [INDENT + timeColumn(start).trimEnd()];
  const [first = '', ...rest] = wrap(`“${cleanText(quote)}”`, width, BODY);
  const lines = [INDENT + timeColumn(start) + first.slice(BODY.length), ...rest];
  return lines.map(line => paint('quiet', line));
}

/** A word in the margin of its text. */
function hanging(word: string, text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width, BODY);
  return [`${INDENT}${word.padEnd(BODY.length - INDENT.length)}${first.slice(BODY.length)}`, ...rest];
}

function answerLines({ finding, now, ...moment }: AnswerHelp, layout: Layout): string[] {
  return [...momentLines(moment, layout), ...wrap(`${finding} ${now}`, layout.width, BODY)];
}

function letterLine(id: string, name: keyof typeof LETTERS, { paint }: Layout): string {
  return `${INDENT}offrecord advise ${id} --letter ${name.padEnd(12)}  ${paint('quiet', LETTERS[name].about)}`;
}

function bulletLines(text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width, `${INDENT}  `);
  return [`${INDENT}· ${first.slice(4)}`, ...rest];
}
