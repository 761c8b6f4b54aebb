import type { Command } from 'commander';
import type { Evaluation } from '../classify/evaluate.js';
import { OffRecordError } from '../errors.js';
import { renderEvaluation } from '../report/evaluation.js';
import { roughly } from '../time.js';
import type { Sensitivity } from '../types.js';
import { sensitivityOption } from './options.js';
import { progressLine } from './progress.js';
import { print, printJson } from './terminal.js';

interface Options {
  json?: boolean;
  quick?: boolean;
  sensitivity: Sensitivity;
}

/** Declares `offrecord evaluate GOLD…`. */
export function declareEvaluate(program: Command, signal: AbortSignal): void {
  program
    .command('evaluate')
    .description('measure the classifier on labelled calls, or its false alarms on other talk')
    .argument(
      '<gold...>',
      'labelled calls (.jsonl with one call a line, .json), talk without red flags (.txt), or folders of them',
    )
    .option('--json', 'print JSON instead of text')
    .option('--quick', 'only with the speakers as they are labelled and without word errors')
    .addOption(sensitivityOption())
    .action(async (paths: string[], options: Options) => {
      const found = await evaluateGold(paths, options, signal);
      if (options.json) printJson({ schema: 'offrecord.evaluation/2', ...found });
      else print(renderEvaluation(found));
    });
}

/** Measures the classifier on labelled calls; shows progress on a terminal. */
export async function evaluateGold(
  paths: string[],
  { quick = false, sensitivity }: Options,
  signal: AbortSignal,
): Promise<Evaluation> {
  // Loaded only now: it takes longer to load than the first screen of the terminal UI may.
  const { readGold } = await import('./gold.js');
  const calls = readGold(paths);
  if (calls.length === 0) throw new OffRecordError('failed', `There are no labelled calls in ${paths.join(', ')}.`);
  const { createEngine } = await import('../engine.js');
  const { CONDITIONS, evaluate } = await import('../classify/evaluate.js');
  const engine = await createEngine({ language: 'en', sensitivity });
  const progress = progressLine();
  const started = performance.now();
  try {
    return await evaluate(calls, await engine.classifier(), {
      sensitivity,
      conditions: quick ? CONDITIONS.slice(0, 1) : CONDITIONS,
      onLine: (done, total) => {
        const left = ((performance.now() - started) / 1000 / done) * (total - done);
        progress.show('evaluating', `${Math.floor((done / total) * 100)} %, ${roughly(left)} left`);
      },
      signal,
    });
  } finally {
    progress.clear();
    await engine.dispose();
  }
}
