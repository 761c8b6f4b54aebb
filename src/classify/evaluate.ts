import { checkAborted } from '../errors.js';
import type { Sensitivity } from '../types.js';
import type { Classifier, Judgement } from './classifier.js';
import { EARLIER_LINES } from './input.js';
import { lessSensitive, soundsLikeInterview } from './interview.js';
import type { LinearModel } from './linear.js';
import {
  type Confusion,
  confusionsOf,
  type GoldCall,
  type GoldLine,
  type HeardCall,
  type Measured,
  measure,
  type Reliability,
  reliabilityOf,
  toUtterances,
} from './measure.js';
import { boundPressure } from './pressure.js';
import { guessRoles } from './roles.js';
import { toVocabulary, withWordErrors } from './word-errors.js';

/** What is done to the calls before they are judged. */
export interface Condition {
  name: string;
  speakers: 'known' | 'guessed' | 'unknown';
  /** Share of the words that are misheard. */
  wordErrors: number;
}

/** The calls as they are, and as a recogniser and a recording without known speakers would give them. */
export const CONDITIONS: Condition[] = [
  { name: 'speakers known', speakers: 'known', wordErrors: 0 },
  { name: 'speakers guessed', speakers: 'guessed', wordErrors: 0 },
  { name: 'speakers unknown', speakers: 'unknown', wordErrors: 0 },
  { name: '10 % word errors', speakers: 'known', wordErrors: 0.1 },
  { name: '20 % word errors', speakers: 'known', wordErrors: 0.2 },
];

/** How well the classifier reads labelled calls. */
export interface Evaluation {
  calls: number;
  utterances: number;
  /** From the words, 9,600 an hour. */
  hours: number;
  sensitivity: Sensitivity;
  conditions: Measured[];
  /** The first condition at each sensitivity. */
  sensitivities: Record<Sensitivity, Measured>;
  /** Scores of all labels in ten steps: how many, their mean, and the share that is true. */
  reliability: Reliability[];
  /** A true label that was missed on an utterance that got a wrong one instead. */
  confusions: Confusion[];
}

export interface EvaluateOptions {
  sensitivity: Sensitivity;
  conditions: Condition[];
  onLine?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const WORDS_AN_HOUR = 9600;

/**
 * Runs the classifier over labelled calls, each line with the ones before it, under each condition.
 * @throws OffRecordError `interrupted` when the signal fires
 */
export async function evaluate(
  calls: GoldCall[],
  classifier: Classifier,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { sensitivity, conditions } = options;
  const utterances = calls.reduce((sum, { lines }) => sum + lines.length, 0);
  const hours = calls.reduce((sum, { lines }) => sum + countWords(lines), 0) / WORDS_AN_HOUR;
  const heard: HeardCall[][] = [];
  for (const [i, condition] of conditions.entries()) {
    const onLine = (done: number): void => options.onLine?.(i * utterances + done, conditions.length * utterances);
    heard.push(await hear(changeCalls(calls, condition, classifier), classifier, onLine, options.signal));
  }
  const at = (i: number, level: Sensitivity): Measured =>
    measure(conditions[i]?.name ?? '', heard[i] ?? [], call => cutsFor(call, classifier, level), hours);
  const [first = []] = heard;
  return {
    calls: calls.length,
    utterances,
    hours,
    sensitivity,
    conditions: conditions.map((_, i) => at(i, sensitivity)),
    sensitivities: { low: at(0, 'low'), normal: at(0, 'normal'), high: at(0, 'high') },
    reliability: reliabilityOf(first),
    confusions: confusionsOf(first, call => cutsFor(call, classifier, sensitivity)),
  };
}

/** As the program does it: one step less sensitive in talk that is no interview. */
function cutsFor({ lines }: GoldCall, { cuts, roles }: Classifier, sensitivity: Sensitivity): number[] {
  return cuts[soundsLikeInterview(lines, roles) ? sensitivity : lessSensitive(sensitivity)];
}

/** What the classifier says of every line; the reasons are let go, they would fill the memory. */
async function hear(
  calls: GoldCall[],
  classifier: Classifier,
  onLine: (done: number) => void,
  signal: AbortSignal | undefined,
): Promise<HeardCall[]> {
  const heard: HeardCall[] = [];
  let done = 0;
  for (const call of calls) {
    const judgements: Judgement[] = [];
    for (const [i, line] of call.lines.entries()) {
      checkAborted(signal);
      const { logOdds } = await classifier.judge(line, call.lines.slice(Math.max(0, i - EARLIER_LINES), i));
      judgements.push({ logOdds, weigh: () => [] });
      done += 1;
      onLine(done);
    }
    heard.push({ call, judgements: boundPressure(judgements) });
  }
  return heard;
}

function countWords(lines: GoldLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0);
}

function changeCalls(calls: GoldCall[], { speakers, wordErrors }: Condition, { roles }: Classifier): GoldCall[] {
  const vocabulary = toVocabulary(wordErrors > 0 ? calls.flatMap(({ lines }) => lines.map(({ text }) => text)) : []);
  return calls.map(({ id, lines }) => {
    const misheard = lines.map((line, i) => ({
      ...line,
      ...(wordErrors > 0 && { text: withWordErrors(line.text, wordErrors, vocabulary, `${id}/${i}`) }),
      ...(speakers !== 'known' && { speaker: 'unknown' as const }),
    }));
    return { id, lines: speakers === 'guessed' ? withGuess(misheard, roles) : misheard };
  });
}

function withGuess(lines: GoldLine[], roles: LinearModel): GoldLine[] {
  const { utterances } = guessRoles(toUtterances(lines), roles);
  return lines.map((line, i) => ({ ...line, speaker: utterances[i]?.speaker ?? 'unknown' }));
}
