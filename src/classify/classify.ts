import { checkAborted } from '../errors.js';
import { LABELS } from '../taxonomy.js';
import type { Flag, Label, Reason, Scored, Span, TimelineEvent, Utterance, Verdict } from '../types.js';
import { type Classifier, OUTPUTS } from './classifier.js';
import { findWords, heaviest, leaveOut } from './explain.js';
import { CONTEXT_LINES } from './input.js';
import { heaviestSentence } from './quote.js';
import { findLabels } from './scores.js';
import { buildTimeline, type FoundEvent } from './timeline.js';
import { decideVerdict } from './verdict.js';

/** What the classifier found in a call. */
export interface Findings {
  flags: Flag[];
  timeline: TimelineEvent[];
  verdict: Verdict;
}

/**
 * Judges every utterance with the ones before it, and says of each flag which words weighed most.
 * @param onUtterance called after each utterance with the number judged so far
 * @throws OffRecordError `interrupted` when the signal fires
 */
export async function classify(
  utterances: Utterance[],
  classifier: Classifier,
  onUtterance: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Findings> {
  const flags: Flag[] = [];
  const events: FoundEvent[] = [];
  for (const [i, utterance] of utterances.entries()) {
    checkAborted(signal);
    const context = utterances.slice(Math.max(0, i - CONTEXT_LINES), i);
    const logOdds = await classifier.logOdds(utterance, context);
    const found = findLabels(logOdds, classifier.cuts, utterance.speaker);
    events.push(...found.events.map(({ name }) => ({ utterance: utterance.id, name })));
    if (found.labels.length > 0) {
      const explain = await leaveOneOut(utterance, context, classifier, logOdds);
      for (const label of found.labels) flags.push(toFlag(flags.length, utterance, label, explain(label.name)));
    }
    onUtterance(i + 1);
  }
  const timeline = buildTimeline(utterances, flags, events);
  return { flags, timeline, verdict: decideVerdict(flags, timeline) };
}

/** Why a label was found: the sentence that carries it and the words that weighed most. */
interface Explanation {
  span: Span;
  why: Reason[];
}

/** Leaves out one word at a time and sees how far each label's log-odds fall. */
async function leaveOneOut(
  utterance: Utterance,
  context: Utterance[],
  classifier: Classifier,
  whole: number[],
): Promise<(label: Label) => Explanation> {
  const words = findWords(utterance.text);
  const without: number[][] = [];
  for (const word of words) {
    without.push(
      await classifier.logOdds({ speaker: utterance.speaker, text: leaveOut(utterance.text, word) }, context),
    );
  }
  return label => {
    const output = OUTPUTS.indexOf(label);
    const falls = without.map(logOdds => (whole[output] ?? 0) - (logOdds[output] ?? 0));
    const weights = words.map(({ start }, i) => ({ start, weight: falls[i] ?? 0 }));
    return { span: heaviestSentence(utterance.text, weights), why: heaviest(words, falls) };
  };
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
