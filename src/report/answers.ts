import { LABELS } from '../taxonomy.js';
import type { EventName, Report, Speaker, TimelineEvent } from '../types.js';
import type { AnswerHelp } from './advice.js';

/** In the second person where it is known who spoke. */
const ANSWERS: Record<EventName, { known: string; unknown: string; now: string }> = {
  'consent-given': {
    known: 'You agreed',
    unknown: 'A yes was heard',
    now: 'A yes can be taken back for what comes next. Do it in writing, and ask what becomes of what they have.',
  },
  'consent-refused': {
    known: 'You said no',
    unknown: 'A no was heard',
    now: 'A no stands, and needs no reason.',
  },
  'data-question': {
    known: 'You asked what happens with it',
    unknown: 'It was asked what happens with it',
    now: 'Was it answered clearly? If not, ask again in writing.',
  },
  reassurance: {
    known: 'They reassured you',
    unknown: 'A reassurance was heard',
    now: 'Ask them to confirm it in writing, in these words.',
  },
};

/** What to make of an answer in the call; nothing for a step that is a demand. */
export function adviseOnAnswer(step: TimelineEvent, { utterances }: Report): AnswerHelp[] {
  const { event, start, about } = step;
  if (!isAnswer(event)) return [];
  const { speaker, text: quote } = utterances[step.utterance] ?? NOBODY;
  const { known, unknown, now } = ANSWERS[event];
  const topic = about === null ? '' : `: ${LABELS[about].topic}`;
  return [{ event, start, quote, finding: `${speaker === 'unknown' ? unknown : known}${topic}.`, now }];
}

const NOBODY: { speaker: Speaker; text: string } = { speaker: 'unknown', text: '' };

function isAnswer(event: TimelineEvent['event']): event is EventName {
  return event in ANSWERS;
}
