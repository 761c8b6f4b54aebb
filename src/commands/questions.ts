import type { Command } from 'commander';
import { QUESTIONS, type QuestionTopic } from '../report/questions.js';
import { wrap } from '../report/wrap.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson, textLayout } from './terminal.js';

/** Declares `offrecord questions`. */
export function declareQuestions(program: Command): void {
  withCommon(program.command('questions'))
    .description('questions to ask before the next interview with AI in it')
    .action(showQuestions);
}

function showQuestions({ json }: CommonOptions): void {
  if (json) printJson({ schema: 'offrecord.questions/1', topics: QUESTIONS });
  else print(QUESTIONS.map(describeTopic).join('\n\n'));
}

function describeTopic({ topic, why, questions }: QuestionTopic): string {
  const { width, paint } = textLayout();
  return [
    paint('strong', topic),
    ...wrap(why, width, '  ').map(line => paint('quiet', line)),
    ...questions.flatMap(question =>
      wrap(question, width, '    ').map((line, i) => (i === 0 ? `  · ${line.slice(4)}` : line)),
    ),
  ].join('\n');
}
