import { LABEL_NAMES, LABELS } from '../taxonomy.js';
import type { Label } from '../types.js';
import { type Judgement, OUTPUTS } from './classifier.js';

/** Utterances back to what is pressed for. */
const REACH_BACK = 8;
/** With fewer utterances before it, a line is judged by its words alone: what it presses for may have been said before. */
const LEAST_EARLIER = 4;

/** Not `urgency-scarcity`: a deadline presses for a yes to the job itself. */
const PRESSURE = (['everyone-does-this', 'authority-shift', 'refusal-pushback'] satisfies Label[]).map(name =>
  OUTPUTS.indexOf(name),
);
const REASONS = [
  ...LABEL_NAMES.filter(name => LABELS[name].family !== 'pressure').map(name => OUTPUTS.indexOf(name)),
  OUTPUTS.indexOf('consent-refused'),
];

/**
 * Pressure presses for something: its log-odds are at most those of the surest demand or refusal in the same line and the ones before it.
 * Out of such company, “everyone does it” and “why not?” are ordinary talk.
 * @param judgements of a whole call, in order
 */
export function boundPressure(judgements: Judgement[]): Judgement[] {
  const reasons = judgements.map(({ logOdds }) => Math.max(...REASONS.map(output => logOdds[output] ?? 0)));
  return judgements.map((judgement, i) => {
    if (i < LEAST_EARLIER) return judgement;
    const bound = Math.max(...reasons.slice(Math.max(0, i - REACH_BACK), i + 1));
    const logOdds = judgement.logOdds.map((odds, output) => (PRESSURE.includes(output) ? Math.min(odds, bound) : odds));
    return { ...judgement, logOdds };
  });
}
