import { cleanText } from '../clean-text.js';
import { LABELS } from '../taxonomy.js';
import { clock } from '../time.js';
import type { Flag, Report, Severity, Speaker, TimelineEvent, Utterance } from '../types.js';
import { hasAnswers } from './timeline-text.js';

/** From the most serious to the least. */
export const SEVERITY_ORDER: Severity[] = ['critical', 'high', 'medium'];

/** How a speaker is named to a reader who may be somebody else than the candidate. */
export const SPEAKER_NAMES: Record<Speaker, string> = {
  candidate: 'Candidate',
  interviewer: 'Interviewer',
  platform: 'Platform',
  unknown: 'Unknown speaker',
};

/** The flags that the candidate has not dismissed. */
export function shownFlags({ flags }: Report): Flag[] {
  return flags.filter(({ dismissed }) => !dismissed);
}

/** The steps of the timeline without those of dismissed flags; none where nothing was answered. */
export function answeredSteps(report: Report): TimelineEvent[] {
  const steps = shownSteps(report);
  return hasAnswers(steps) ? steps : [];
}

/** The steps of the timeline without those of dismissed flags. */
export function shownSteps({ flags, timeline }: Report): TimelineEvent[] {
  const dismissed = new Set(flags.filter(flag => flag.dismissed).map(({ id }) => id));
  return timeline.filter(({ flag }) => flag === null || !dismissed.has(flag));
}

/** The utterances that still have their words. */
export function shownUtterances({ utterances }: Report): Utterance[] {
  return utterances.filter(({ text }) => text !== '');
}

/** The names of the flags on an utterance, each once. */
export function flagNamesOn(flags: Flag[], utterance: number): string[] {
  return [...new Set(flags.filter(flag => flag.utterance === utterance).map(({ label }) => LABELS[label].name))];
}

/** Which call it is, in a few words. */
export function callFacts({ call }: Report): string[] {
  const { company, role, date, duration } = call;
  return [company, role, date, duration === null ? null : clock(duration)].flatMap(fact =>
    fact ? [cleanText(fact)] : [],
  );
}
