import { LABELS } from '../src/taxonomy.js';
import type { Flag, Label, Speaker, TimelineEvent, Utterance } from '../src/types.js';

/** An utterance every ten seconds: `makeUtterances(['interviewer', 'Hello.'], …)`. */
export function makeUtterances(...lines: [Speaker, string][]): Utterance[] {
  return lines.map(([speaker, text], id) => ({
    ...{ id, start: id * 10, end: id * 10 + 5, channel: 0, speaker, text, trust: 'given' as const },
  }));
}

/** A flag on an utterance made by `makeUtterances`. */
export function makeFlag(id: number, label: Label, utterance: number): Flag {
  const { family, severity } = LABELS[label];
  return {
    ...{
      id,
      label,
      family,
      severity,
      score: 0.9,
      threshold: 0.5,
      utterance,
      start: utterance * 10,
      end: utterance * 10 + 5,
    },
    ...{
      quote: 'What was said.',
      span: [0, 14],
      why: [{ text: 'said', weight: 1.2, span: [9, 13] }],
      dismissed: false,
    },
  };
}

/** A step of the timeline in one line, for tables: `1 asked recording-request 0`. */
export function inBrief({ event, utterance, about, flag }: TimelineEvent): string {
  return [utterance, event, about ?? '-', flag ?? '-'].join(' ');
}
