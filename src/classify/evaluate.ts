import { checkAborted } from '../errors.js';
import { EVENT_NAMES, LABEL_NAMES } from '../taxonomy.js';
import type { EventName, Label } from '../types.js';
import { type Classifier, OUTPUTS } from './classifier.js';
import { CONTEXT_LINES, type Line } from './input.js';
import { type Judged, macro, type Tally, tally } from './metrics.js';
import { findLabels, toScore } from './scores.js';

/** A labelled line of a call. */
export interface GoldLine extends Line {
  labels: Label[];
  events: EventName[];
}

/** A labelled call. */
export interface GoldCall {
  id: string;
  lines: GoldLine[];
}

/** How well the classifier reads labelled calls. */
export interface Evaluation {
  calls: number;
  utterances: number;
  labels: Record<string, Tally>;
  events: Record<string, Tally>;
  macro: { labelsF1: number; labelsAveragePrecision: number; eventsF1: number; eventsAveragePrecision: number };
  /** Calls without any true label, and how many of them got a flag all the same. */
  cleanCalls: { calls: number; flagged: number };
}

/**
 * Runs the classifier over labelled calls, each line with the ones before it.
 * @param onCall called after each call with the number done
 */
export async function evaluate(
  calls: GoldCall[],
  classifier: Classifier,
  onCall: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Evaluation> {
  const judged: Judged[][] = OUTPUTS.map(() => []);
  let [clean, flaggedClean] = [0, 0];
  for (const [i, { lines }] of calls.entries()) {
    let flags = 0;
    for (const [at, line] of lines.entries()) {
      checkAborted(signal);
      flags += judge(
        line,
        await classifier.logOdds(line, lines.slice(Math.max(0, at - CONTEXT_LINES), at)),
        classifier.cuts,
        judged,
      );
    }
    const isClean = lines.every(({ labels }) => labels.length === 0);
    clean += Number(isClean);
    flaggedClean += Number(isClean && flags > 0);
    onCall(i + 1);
  }
  return summarize(calls, judged, { calls: clean, flagged: flaggedClean });
}

/** Adds one line to the lists of each output; returns how many flags it got. */
function judge(line: GoldLine, logOdds: number[], cuts: number[], judged: Judged[][]): number {
  const { labels, events } = findLabels(logOdds, cuts, line.speaker);
  const names = new Set<string>([...labels, ...events].map(({ name }) => name));
  const gold = new Set<string>([...line.labels, ...line.events]);
  OUTPUTS.forEach((name, i) => {
    judged[i]?.push({ score: toScore(logOdds[i] ?? 0), found: names.has(name), gold: gold.has(name) });
  });
  return labels.length;
}

function summarize(calls: GoldCall[], judged: Judged[][], cleanCalls: Evaluation['cleanCalls']): Evaluation {
  const tallies = new Map(OUTPUTS.map((name, i) => [name as string, tally(judged[i] ?? [])]));
  const of = (names: string[]): Record<string, Tally> =>
    Object.fromEntries(names.flatMap(name => [...tallies].filter(([known]) => known === name)));
  const [labels, events] = [of(LABEL_NAMES), of(EVENT_NAMES)];
  return {
    calls: calls.length,
    utterances: calls.reduce((sum, { lines }) => sum + lines.length, 0),
    labels,
    events,
    macro: {
      labelsF1: macro(Object.values(labels), 'f1'),
      labelsAveragePrecision: macro(Object.values(labels), 'averagePrecision'),
      eventsF1: macro(Object.values(events), 'f1'),
      eventsAveragePrecision: macro(Object.values(events), 'averagePrecision'),
    },
    cleanCalls,
  };
}
