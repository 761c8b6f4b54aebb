import { checkAborted } from '../errors.js';
import { LABELS } from '../taxonomy.js';
import type { Flag, Label, Scored, Sensitivity, TimelineEvent, Utterance, Verdict } from '../types.js';
import { decideVerdict } from '../verdict.js';
import { type Classifier, type Judgement, OUTPUTS } from './classifier.js';
import { type Explanation, explain } from './explain.js';
import { EARLIER_LINES } from './input.js';
import { boundPressure } from './pressure.js';
import { findLabels } from './scores.js';
import { buildTimeline, type FoundEvent } from './timeline.js';

/** What the classifier found in a call. */
export interface Findings {
  flags: Flag[];
  timeline: TimelineEvent[];
  verdict: Verdict;
}

export interface ClassifyOptions {
  sensitivity: Sensitivity;
  /** Called after each utterance with the number judged so far. */
  onUtterance?: ((done: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Judges every utterance with the ones before it, and says of each flag which words weighed most.
 * @throws OffRecordError `interrupted` when the signal fires
 */
export async function classify(
  utterances: Utterance[],
  classifier: Classifier,
  { sensitivity, onUtterance, signal }: ClassifyOptions,
): Promise<Findings> {
  const judgements: Judgement[] = [];
  for (const [i, utterance] of utterances.entries()) {
    checkAborted(signal);
    judgements.push(await classifier.judge(utterance, utterances.slice(Math.max(0, i - EARLIER_LINES), i)));
    onUtterance?.(i + 1);
  }
  return toFindings(utterances, boundPressure(judgements), classifier.cuts[sensitivity]);
}

/** Judgements, one an utterance → flags above their cuts, the consent timeline and the verdict. */
export function toFindings(utterances: Utterance[], judgements: Judgement[], cuts: number[]): Findings {
  const flags: Flag[] = [];
  const events: FoundEvent[] = [];
  for (const [i, utterance] of utterances.entries()) {
    const { logOdds, weigh } = judgements[i] ?? { logOdds: [], weigh: () => [] };
    const found = findLabels(logOdds, cuts, utterance.speaker);
    events.push(...found.events.map(({ name }) => ({ utterance: utterance.id, name })));
    for (const label of found.labels) {
      const why = explain(utterance.text, weigh(OUTPUTS.indexOf(label.name)));
      flags.push(toFlag(flags.length, utterance, label, why));
    }
  }
  const timeline = buildTimeline(utterances, flags, events);
  return { flags, timeline, verdict: decideVerdict(flags, timeline) };
}

function toFlag(id: number, utterance: Utterance, scored: Scored & { name: Label }, { span, why }: Explanation): Flag {
  const { family, severity } = LABELS[scored.name];
  return {
    id,
    label: scored.name,
    family,
    severity,
    score: scored.score,
    threshold: scored.threshold,
    utterance: utterance.id,
    start: utterance.start,
    end: utterance.end,
    quote: utterance.text.slice(...span),
    span,
    why,
    dismissed: false,
  };
}
