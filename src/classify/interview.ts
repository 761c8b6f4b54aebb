import { SENSITIVITIES, type Sensitivity } from '../types.js';
import type { LinearModel } from './linear.js';

/** With fewer lines nothing is said of the whole. */
const LEAST_LINES = 20;
/** Mean log-odds of a line for either side of an interview. Labelled calls lie above 0.8, 70 files of real talk below −0.1. */
const OTHER_TALK = 0;

/**
 * Whether the lines of a recording sound like a job interview, which is true in doubt.
 * @param roles log-odds of a line for `candidate` and for `interviewer`, both low in other talk
 */
export function soundsLikeInterview(lines: { text: string }[], roles: LinearModel): boolean {
  if (lines.length < LEAST_LINES) return true;
  const sum = lines.reduce(
    (total, { text }) => total + Math.max(...roles.judge({ speaker: 'unknown', text }, []).logits),
    0,
  );
  return sum / lines.length > OTHER_TALK;
}

/** In talk that is no interview, where flags are false alarms, it flags one step less readily. */
export function lessSensitive(sensitivity: Sensitivity): Sensitivity {
  return SENSITIVITIES[SENSITIVITIES.indexOf(sensitivity) - 1] ?? sensitivity;
}
