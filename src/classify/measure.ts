import { EVENT_NAMES, LABEL_NAMES, LABELS } from '../taxonomy.js';
import {
  type EventName,
  type Family,
  type Label,
  type Utterance,
  VERDICT_LEVELS,
  type VerdictLevel,
} from '../types.js';
import { type Judgement, OUTPUTS } from './classifier.js';
import { type Findings, toFindings } from './classify.js';
import type { Line } from './input.js';
import { type Judged, macro, type Tally, tally } from './metrics.js';
import { maySay, toScore } from './scores.js';

/** A labelled line of a call. Lines with the same `voice` are one person’s. */
export interface GoldLine extends Line {
  voice: number;
  labels: Label[];
  /** Null where nobody looked for events. */
  events: EventName[] | null;
  /** Said before a line that is measured, and not measured itself. */
  isContext?: boolean;
}

/** A labelled call. */
export interface GoldCall {
  id: string;
  lines: GoldLine[];
}

/** A call with what the classifier said of each line. */
export interface HeardCall {
  call: GoldCall;
  judgements: Judgement[];
}

/** What one condition gave. */
export interface Measured {
  condition: string;
  labels: Record<string, Tally>;
  events: Record<string, Tally>;
  /** An utterance with any label of the family. */
  families: Record<string, Tally>;
  macro: { labelsF1: number; labelsAveragePrecision: number; eventsF1: number; eventsAveragePrecision: number };
  /** Whole calls without any true label, and how many of them got a flag all the same. */
  cleanCalls: { calls: number; flagged: number };
  /** Utterances that got a label they do not carry. */
  falseAlarms: { utterances: number; perHour: number };
  /** True verdict → found verdict → calls. */
  verdicts: Record<VerdictLevel, Record<VerdictLevel, number>>;
}

/** Scores between `from` and the next tenth: how many, their mean, and the share that is true. */
export interface Reliability {
  from: number;
  count: number;
  score: number;
  share: number;
}

/** A true label that was missed on an utterance that got a wrong one instead. */
export interface Confusion {
  gold: Label;
  found: Label;
  count: number;
}

const STEPS = 10;

/** The cuts that hold in a call. */
export type CutsOf = (call: GoldCall) => number[];

/** Flags, events and verdicts above the cuts against the labels. @param hours length of the calls */
export function measure(condition: string, heard: HeardCall[], cutsOf: CutsOf, hours: number): Measured {
  const judged = new Map<string, Judged[]>([...OUTPUTS, ...FAMILIES].map(name => [name, []]));
  const verdicts = Object.fromEntries(VERDICT_LEVELS.map(gold => [gold, noVerdicts()])) as Measured['verdicts'];
  const cleanCalls = { calls: 0, flagged: 0 };
  let alarms = 0;
  for (const { call, judgements } of heard) {
    const found = toFindings(toUtterances(call.lines), judgements, cutsOf(call));
    if (call.lines.every(({ isContext }) => !isContext)) {
      const gold = goldFindings(call.lines);
      verdicts[gold.verdict.level][found.verdict.level] += 1;
      cleanCalls.calls += Number(gold.flags.length === 0);
      cleanCalls.flagged += Number(gold.flags.length === 0 && found.flags.length > 0);
    }
    for (const [i, line] of call.lines.entries()) {
      if (line.isContext) continue;
      alarms += Number(compare(line, judgements[i]?.logOdds ?? [], namesOf(found, i), judged));
    }
  }
  const tallies = (names: string[]): Record<string, Tally> =>
    Object.fromEntries(names.map(name => [name, tally(judged.get(name) ?? [])]));
  const [labels, events] = [tallies(LABEL_NAMES), tallies(EVENT_NAMES)];
  return {
    condition,
    labels,
    events,
    families: tallies(FAMILIES),
    macro: {
      labelsF1: macro(Object.values(labels), 'f1'),
      labelsAveragePrecision: macro(Object.values(labels), 'averagePrecision'),
      eventsF1: macro(Object.values(events), 'f1'),
      eventsAveragePrecision: macro(Object.values(events), 'averagePrecision'),
    },
    cleanCalls,
    falseAlarms: { utterances: alarms, perHour: hours > 0 ? alarms / hours : 0 },
    verdicts,
  };
}

const FAMILIES: Family[] = [...new Set(LABEL_NAMES.map(name => LABELS[name].family))];

function noVerdicts(): Record<VerdictLevel, number> {
  return Object.fromEntries(VERDICT_LEVELS.map(level => [level, 0])) as Record<VerdictLevel, number>;
}

/** What a reader who makes no mistake would find. Only the names count: a labelled line needs no speaker. */
function goldFindings(lines: GoldLine[]): Findings {
  const sure = lines.map(({ labels, events }) => {
    const names = new Set<string>([...labels, ...(events ?? [])]);
    return { logOdds: OUTPUTS.map(name => (names.has(name) ? 1 : -1)), weigh: () => [] };
  });
  const all = toUtterances(lines).map(line => ({ ...line, speaker: 'unknown' as const }));
  return toFindings(
    all,
    sure,
    OUTPUTS.map(() => 0),
  );
}

function namesOf({ flags, timeline }: Findings, utterance: number): Set<string> {
  return new Set<string>([
    ...flags.filter(flag => flag.utterance === utterance).map(({ label }) => label),
    ...timeline.filter(step => step.utterance === utterance).map(({ event }) => event),
  ]);
}

/** Adds one line to the lists of each name; returns whether it got a label that it does not carry. */
function compare(line: GoldLine, logOdds: number[], found: Set<string>, judged: Map<string, Judged[]>): boolean {
  const gold = new Set<string>([...line.labels, ...(line.events ?? [])]);
  const add = (name: string, score: number, isFound: boolean, isGold: boolean): void => {
    judged.get(name)?.push({ score, found: isFound, gold: isGold });
  };
  const known = line.events ? OUTPUTS : LABEL_NAMES;
  const scoreOf = (name: Label | EventName): number =>
    maySay(line.speaker, name) ? toScore(logOdds[OUTPUTS.indexOf(name)] ?? 0) : 0;
  for (const name of known) add(name, scoreOf(name), found.has(name), gold.has(name));
  for (const family of FAMILIES) {
    const own = LABEL_NAMES.filter(name => LABELS[name].family === family);
    const has = (names: Set<string>): boolean => own.some(name => names.has(name));
    add(family, Math.max(...own.map(scoreOf)), has(found), has(gold));
  }
  return LABEL_NAMES.some(name => found.has(name) && !gold.has(name));
}

/** Whether scores are what they say, over all labels on lines that may carry one. */
export function reliabilityOf(heard: HeardCall[]): Reliability[] {
  const bins = Array.from({ length: STEPS }, (_, i) => ({ from: i / STEPS, count: 0, score: 0, share: 0 }));
  for (const { call, judgements } of heard) {
    for (const [i, { labels, speaker, isContext }] of call.lines.entries()) {
      if (speaker === 'candidate' || isContext) continue;
      for (const [output, name] of LABEL_NAMES.entries()) {
        const score = toScore(judgements[i]?.logOdds[output] ?? 0);
        const bin = bins[Math.min(STEPS - 1, Math.floor(score * STEPS))];
        if (!bin) continue;
        bin.count += 1;
        bin.score += score;
        bin.share += Number(labels.includes(name));
      }
    }
  }
  return bins
    .filter(({ count }) => count > 0)
    .map(({ from, count, score, share }) => ({ from, count, score: score / count, share: share / count }));
}

/** The most frequent first. */
export function confusionsOf(heard: HeardCall[], cutsOf: CutsOf): Confusion[] {
  const counts = new Map<string, Confusion>();
  for (const { call, judgements } of heard) {
    const { flags } = toFindings(toUtterances(call.lines), judgements, cutsOf(call));
    for (const [i, { labels, isContext }] of call.lines.entries()) {
      if (isContext) continue;
      const found = flags.filter(({ utterance }) => utterance === i).map(({ label }) => label);
      const missed = labels.filter(label => !found.includes(label));
      const wrong = found.filter(label => !labels.includes(label));
      for (const gold of missed) {
        for (const label of wrong) {
          const key = `${gold}/${label}`;
          counts.set(key, { gold, found: label, count: (counts.get(key)?.count ?? 0) + 1 });
        }
      }
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.gold.localeCompare(b.gold));
}

/** Labelled lines as utterances without times. */
export function toUtterances(lines: GoldLine[]): Utterance[] {
  return lines.map(({ speaker, text, voice }, id) => ({
    ...{ id, start: null, end: null, channel: voice, speaker, text, trust: 'given' as const },
  }));
}
