/** Counts and rates of one label or event over many utterances. */
export interface Tally {
  /** Utterances that carry it. */
  support: number;
  found: number;
  right: number;
  precision: number;
  recall: number;
  f1: number;
  /** Area under precision over recall, from the scores alone; null without support. */
  averagePrecision: number | null;
}

/** One utterance’s score for a name, whether it passed its threshold, and whether it truly carries the name. */
export interface Judged {
  score: number;
  found: boolean;
  gold: boolean;
}

/** Precision, recall, F1 and average precision. A rate whose denominator is 0 counts as 0. */
export function tally(judged: Judged[]): Tally {
  const support = judged.filter(({ gold }) => gold).length;
  const found = judged.filter(item => item.found).length;
  const right = judged.filter(item => item.found && item.gold).length;
  return {
    support,
    found,
    right,
    precision: ratio(right, found),
    recall: ratio(right, support),
    f1: ratio(2 * right, found + support),
    averagePrecision: support > 0 ? averagePrecision(judged) : null,
  };
}

/** Mean over the names that occur; 0 when none does. */
export function macro(tallies: Tally[], rate: 'precision' | 'recall' | 'f1' | 'averagePrecision'): number {
  const known = tallies.filter(({ support }) => support > 0).map(one => one[rate] ?? 0);
  return ratio(
    known.reduce((sum, value) => sum + value, 0),
    known.length,
  );
}

/** Sum over the ranks of precision × gain in recall; equal scores count as one rank. */
function averagePrecision(judged: Judged[]): number {
  const ranked = judged.toSorted((a, b) => b.score - a.score);
  const support = ranked.filter(({ gold }) => gold).length;
  let [right, area, before] = [0, 0, 0];
  ranked.forEach(({ score, gold }, i) => {
    if (gold) right += 1;
    if (ranked[i + 1]?.score === score) return;
    area += ((right - before) / support) * (right / (i + 1));
    before = right;
  });
  return area;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
