import type { Command } from 'commander';
import type { Evaluation, GoldCall } from '../classify/evaluate.js';
import type { Tally } from '../classify/metrics.js';
import { OffRecordError } from '../errors.js';
import { readGold } from './gold.js';
import { progressLine } from './progress.js';
import { print, printJson } from './terminal.js';

interface Options {
  json?: boolean;
  blind?: boolean;
}

/** Declares `offrecord evaluate GOLD…`. */
export function declareEvaluate(program: Command, signal: AbortSignal): void {
  program
    .command('evaluate')
    .description('measure the classifier on labelled calls')
    .argument('<gold...>', 'labelled calls: .jsonl with one call a line, .json with one call, or folders of them')
    .option('--json', 'print JSON instead of text')
    .option('--blind', 'take the speakers away')
    .action((paths: string[], options: Options) => evaluateGold(paths, options, signal));
}

async function evaluateGold(paths: string[], options: Options, signal: AbortSignal): Promise<void> {
  const calls = options.blind ? readGold(paths).map(withoutSpeakers) : readGold(paths);
  if (calls.length === 0) throw new OffRecordError('failed', `There are no labelled calls in ${paths.join(', ')}.`);
  const [{ createEngine }, { evaluate }] = [await import('../engine.js'), await import('../classify/evaluate.js')];
  const engine = await createEngine({ language: 'en' });
  const progress = progressLine();
  try {
    const classifier = await engine.classifier();
    const show = (done: number): void => progress.show('evaluating', `${done} of ${calls.length} calls`);
    const found = await evaluate(calls, classifier, show, signal);
    progress.clear();
    if (options.json) printJson({ schema: 'offrecord.evaluation/1', ...found });
    else print(renderEvaluation(found));
  } finally {
    progress.clear();
    await engine.dispose();
  }
}

function withoutSpeakers({ id, lines }: GoldCall): GoldCall {
  return { id, lines: lines.map(line => ({ ...line, speaker: 'unknown' })) };
}

function renderEvaluation({ calls, utterances, labels, events, macro, cleanCalls }: Evaluation): string {
  return [
    `${calls} calls, ${utterances} utterances`,
    `${'label'.padEnd(22)} support  precision  recall    F1    AP`,
    ...[...Object.entries(labels), ...Object.entries(events)].map(([name, one]) => row(name, one)),
    `labels, macro: F1 ${three(macro.labelsF1)}, AP ${three(macro.labelsAveragePrecision)}`,
    `events, macro: F1 ${three(macro.eventsF1)}, AP ${three(macro.eventsAveragePrecision)}`,
    `clean calls with a flag: ${cleanCalls.flagged} of ${cleanCalls.calls}`,
  ].join('\n');
}

function row(name: string, { support, precision, recall, f1, averagePrecision }: Tally): string {
  const rates = [precision, recall, f1, averagePrecision].map(rate => (rate === null ? '  –  ' : three(rate)));
  const [first, second, third, last] = rates;
  return `${name.padEnd(22)} ${String(support).padStart(7)}  ${first?.padStart(9)}  ${second?.padStart(6)}  ${third}  ${last}`;
}

function three(rate: number): string {
  return rate.toFixed(3);
}
