import type { EventName, Label, Scored, Speaker } from '../types.js';
import { OUTPUTS } from './classifier.js';

/** Log-odds → score between 0 and 1. */
export function toScore(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** What one utterance was found to say. */
export interface Found {
  labels: (Scored & { name: Label })[];
  events: (Scored & { name: EventName })[];
}

/**
 * The labels and events whose log-odds pass their cut. A flag is something said to the candidate, so the candidate’s own
 * lines carry none; consent and questions are the candidate’s, reassurance is the other side’s.
 */
export function findLabels(logOdds: number[], cuts: number[], speaker: Speaker): Found {
  const passed = OUTPUTS.flatMap((name, i) => {
    const [odds, cut] = [logOdds[i] ?? -Infinity, cuts[i] ?? Infinity];
    return odds > cut && maySay(speaker, name)
      ? [{ name, score: round(toScore(odds)), threshold: round(toScore(cut)) }]
      : [];
  });
  return {
    labels: passed.filter((scored): scored is Scored & { name: Label } => !isEvent(scored.name)),
    events: passed.filter((scored): scored is Scored & { name: EventName } => isEvent(scored.name)),
  };
}

/** Whether this speaker’s line may carry the name. */
export function maySay(speaker: Speaker, name: Label | EventName): boolean {
  if (speaker === 'unknown') return true;
  const isCandidates = name === 'consent-given' || name === 'consent-refused' || name === 'data-question';
  return isCandidates === (speaker === 'candidate');
}

function isEvent(name: Label | EventName): name is EventName {
  return name === 'reassurance' || name === 'consent-given' || name === 'consent-refused' || name === 'data-question';
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
