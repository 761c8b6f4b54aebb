import type { Activity } from './vad.js';

/** A channel this many decibels louder holds the voice of the frame. */
const DOMINANCE_DB = 8;
/** Share of the spoken frames that one of the two sides must clearly hold. */
const CLEAR_SHARE = 0.6;
/** Share of the spoken frames below which a side counts as empty. */
const EMPTY_SHARE = 0.02;
const SPOKEN = 0.5;

/**
 * Whether two channels hold one speaker a side. Dual mono, one room heard by two microphones, and a silent second channel
 * do not: telling speakers apart by side would be wrong there.
 */
export function holdsSides(left: Activity, right: Activity): boolean {
  let [spoken, onLeft, onRight] = [0, 0, 0];
  left.levels.forEach((level, i) => {
    if (Math.max(left.probabilities[i] ?? 0, right.probabilities[i] ?? 0) < SPOKEN) return;
    const difference = level - (right.levels[i] ?? -120);
    spoken += 1;
    if (difference > DOMINANCE_DB) onLeft += 1;
    if (difference < -DOMINANCE_DB) onRight += 1;
  });
  return Math.min(onLeft, onRight) > EMPTY_SHARE * spoken && onLeft + onRight >= CLEAR_SHARE * spoken;
}

/** The activity of two channels mixed to one. */
export function mixedActivity(left: Activity, right: Activity): Activity {
  return {
    probabilities: left.probabilities.map((p, i) => Math.max(p, right.probabilities[i] ?? 0)),
    levels: left.levels.map((level, i) => Math.max(level, right.levels[i] ?? -120)),
  };
}

/** Takes out of a channel what is only the other side's voice leaking into its microphone. */
export function withoutLeak(own: Activity, other: Activity): Activity {
  const leaks = (i: number): boolean => {
    const otherSpeaks = (other.probabilities[i] ?? 0) >= SPOKEN;
    return otherSpeaks && (other.levels[i] ?? -120) - (own.levels[i] ?? 0) > DOMINANCE_DB;
  };
  return { ...own, probabilities: own.probabilities.map((p, i) => (leaks(i) ? 0 : p)) };
}
