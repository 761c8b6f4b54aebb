import type { Evaluation } from '../classify/evaluate.js';
import type { Measured } from '../classify/measure.js';
import type { Tally } from '../classify/metrics.js';
import { SENSITIVITIES, VERDICT_LEVELS } from '../types.js';

/** Confusions shown. */
const MOST_CONFUSED = 8;

/** What `evaluate` measured, as tables of fixed columns. */
export function renderEvaluation(evaluation: Evaluation): string {
  const { calls, utterances, hours, sensitivity, conditions } = evaluation;
  const [first] = conditions;
  const size = `${calls} calls, ${utterances} utterances, ${hours.toFixed(1)} hours; sensitivity ${sensitivity}`;
  if (!first) return size;
  const support = Object.values(first.families).reduce((sum, family) => sum + family.support, 0);
  if (support === 0) return [size, '', ...conditions.map(alarmsLine)].join('\n');
  return [
    size,
    '',
    `${'label'.padEnd(22)} support  precision  recall     F1     AP`,
    ...[...Object.entries(first.labels), ...Object.entries(first.events)].map(([name, one]) => row(name, one)),
    '',
    `${'any label of a family'.padEnd(22)} support  precision  recall     F1     AP`,
    ...Object.entries(first.families).map(([name, one]) => row(name, one)),
    '',
    `${'macro'.padEnd(22)} labels F1     AP  events F1     AP  clean calls flagged  false alarms an hour`,
    ...conditions.map(one => macroRow(one.condition, one)),
    ...SENSITIVITIES.map(level => macroRow(`sensitivity ${level}`, evaluation.sensitivities[level])),
    '',
    ...verdictTable(first),
    '',
    ...reliabilityTable(evaluation),
    '',
    'missed label -> wrong label on the same utterance',
    ...evaluation.confusions
      .slice(0, MOST_CONFUSED)
      .map(({ gold, found, count }) => `${String(count).padStart(4)}  ${gold} -> ${found}`),
  ].join('\n');
}

function row(name: string, { support, precision, recall, f1, averagePrecision }: Tally): string {
  const rates = [precision, recall, f1, averagePrecision].map(rate => (rate === null ? '–' : rate.toFixed(3)));
  const [first = '', second = '', third = '', last = ''] = rates;
  return `${name.padEnd(22)} ${String(support).padStart(7)}  ${first.padStart(9)}  ${second.padStart(6)}  ${third.padStart(5)}  ${last.padStart(5)}`;
}

function macroRow(
  name: string,
  { macro, cleanCalls, falseAlarms }: Pick<Measured, 'macro' | 'cleanCalls' | 'falseAlarms'>,
): string {
  const clean = `${cleanCalls.flagged} of ${cleanCalls.calls}`;
  const [labels, labelsArea] = [macro.labelsF1.toFixed(3), macro.labelsAveragePrecision.toFixed(3)];
  const [events, eventsArea] = [macro.eventsF1.toFixed(3), macro.eventsAveragePrecision.toFixed(3)];
  return `${name.padEnd(22)} ${labels.padStart(9)}  ${labelsArea.padStart(5)}  ${events.padStart(9)}  ${eventsArea.padStart(5)}  ${clean.padStart(19)}  ${falseAlarms.perHour.toFixed(2).padStart(20)}`;
}

function alarmsLine({ condition, falseAlarms }: Measured): string {
  return `${condition.padEnd(22)} ${falseAlarms.utterances} false alarms, ${falseAlarms.perHour.toFixed(2)} an hour`;
}

function verdictTable({ verdicts }: Measured): string[] {
  const cell = (value: string | number): string => String(value).padStart(6);
  return [
    `${'calls by verdict'.padEnd(22)} ${VERDICT_LEVELS.map(cell).join(' ')}  (found)`,
    ...VERDICT_LEVELS.map(
      gold => `true ${gold.padEnd(17)} ${VERDICT_LEVELS.map(found => cell(verdicts[gold][found])).join(' ')}`,
    ),
  ];
}

function reliabilityTable({ reliability }: Evaluation): string[] {
  return [
    `${'scores'.padEnd(22)}   count  mean score  truly flags`,
    ...reliability.map(({ from, count, score, share }) => {
      const range = `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`;
      return `${range.padEnd(22)} ${String(count).padStart(7)}  ${score.toFixed(3).padStart(10)}  ${share.toFixed(3).padStart(11)}`;
    }),
  ];
}
