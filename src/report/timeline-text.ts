import { LABELS } from '../taxonomy.js';
import { roughly } from '../time.js';
import type { Report, Speaker, TimelineEvent } from '../types.js';
import { INDENT, type TextOptions, timeColumn } from './layout.js';
import type { Meaning } from './style.js';

/** What was asked and answered, a line a step, with the time between. */
export function timelineLines({ timeline, utterances }: Report, { paint }: TextOptions): string[] {
  if (!hasAnswers(timeline)) return [];
  const lines = timeline.map(step => {
    const [meaning, words] = describe(step, utterances[step.utterance]?.speaker ?? 'unknown');
    const about = step.about ? `: ${LABELS[step.about].topic}` : '';
    const later = step.after !== null && step.after >= 1 ? `  ${roughly(step.after)} later` : '';
    return `${INDENT}${timeColumn(step.start)}${paint(meaning, words)}${about}${later && paint('quiet', later)}`;
  });
  return [INDENT + paint('strong', 'What was asked, and what was answered'), '', ...lines, ''];
}

/** Without an answer the timeline would only say the flags again. */
export function hasAnswers(timeline: TimelineEvent[]): boolean {
  return timeline.some(({ event }) => ANSWERS.has(event));
}

const ANSWERS = new Set<TimelineEvent['event']>(['consent-given', 'consent-refused', 'data-question', 'reassurance']);

/** A step in one line without its time: `they asked: recording you`. */
export function describeStep(step: TimelineEvent, { utterances }: Report): string {
  const [, words] = describe(step, utterances[step.utterance]?.speaker ?? 'unknown');
  return step.about ? `${words}: ${LABELS[step.about].topic}` : words;
}

/** In the second person where it is known who spoke. */
const STEPS: Record<TimelineEvent['event'], [Meaning, known: string, unknown: string]> = {
  asked: ['high', 'they asked', 'a request'],
  told: ['high', 'they told you', 'a statement'],
  pressed: ['critical', 'they pressed', 'pressure'],
  'consent-given': ['strong', 'you agreed', 'a yes'],
  'consent-refused': ['good', 'you said no', 'a no'],
  'data-question': ['good', 'you asked what happens with it', 'a question what happens with it'],
  reassurance: ['medium', 'they reassured you', 'a reassurance'],
};

function describe({ event }: TimelineEvent, speaker: Speaker): [Meaning, string] {
  const [meaning, known, unknown] = STEPS[event];
  return [meaning, speaker === 'unknown' ? unknown : known];
}
