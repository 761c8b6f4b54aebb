import type { EventName, Family, Label, Severity } from './types.js';

/** What a label is: its family and severity, and words for the candidate: a short name, what it is about, what it means. */
export interface LabelInfo {
  family: Family;
  severity: Severity;
  name: string;
  topic: string;
  meaning: string;
}

/** The labels in the order of the classifier's first outputs. */
export const LABELS: Record<Label, LabelInfo> = {
  'recording-request': {
    family: 'recording',
    severity: 'high',
    name: 'Asked to record you',
    topic: 'recording you',
    meaning: 'You may say no, or ask first who keeps the recording, for how long, and what it is used for.',
  },
  'recording-announced': {
    family: 'recording',
    severity: 'high',
    name: 'Recorded without asking',
    topic: 'recording you',
    meaning: 'They told you about a recording or an AI notetaker as a fact. You can still ask them to stop it.',
  },
  'one-way-interview': {
    family: 'recording',
    severity: 'high',
    name: 'Asked for a recording made alone',
    topic: 'a recording made alone',
    meaning: 'They want your face and voice on file without a person on the other side. You can ask for a live call.',
  },
  'recording-rationale': {
    family: 'recording',
    severity: 'medium',
    name: 'Gave a reason for recording',
    topic: 'recording you',
    meaning: 'A reason is not an answer to who keeps the recording and for how long. You can still ask.',
  },
  'everyone-does-this': {
    family: 'pressure',
    severity: 'high',
    name: '“Everyone does this”',
    topic: 'what others do',
    meaning: 'What others accepted does not bind you.',
  },
  'urgency-scarcity': {
    family: 'pressure',
    severity: 'medium',
    name: 'Rushed you',
    topic: 'a deadline',
    meaning: 'They tied your decision to a deadline or to losing the place. You can ask for time in writing.',
  },
  'authority-shift': {
    family: 'pressure',
    severity: 'medium',
    name: 'Put it on someone absent',
    topic: 'someone absent',
    meaning: 'They say somebody else insists. You can ask to hear it from that person, in writing.',
  },
  'refusal-pushback': {
    family: 'pressure',
    severity: 'critical',
    name: 'Did not accept your no',
    topic: 'your no',
    meaning: 'They pressed on after a no, or made it all or nothing. Your no was an answer.',
  },
  'free-work': {
    family: 'ip-harvesting',
    severity: 'high',
    name: 'Asked for unpaid work',
    topic: 'unpaid work',
    meaning: 'They want real work for their own use without pay. You can offer a paid trial or an invented example.',
  },
  'method-extraction': {
    family: 'ip-harvesting',
    severity: 'high',
    name: 'Pressed for your method',
    topic: 'your method',
    meaning: 'They want steps or templates they could reuse without you. An outline is enough to judge your skill.',
  },
  'confidential-info': {
    family: 'ip-harvesting',
    severity: 'critical',
    name: 'Asked for another employer’s secrets',
    topic: 'another employer’s secrets',
    meaning: 'Non-public matter of an employer is not yours to share; sharing it can hurt you.',
  },
  'identity-or-money': {
    family: 'data-harvesting',
    severity: 'critical',
    name: 'Asked for identity or money data',
    topic: 'identity or money data',
    meaning:
      'Before a signed offer, an employer rarely needs your ID, bank data or a payment. This is also how scams work.',
  },
  surveillance: {
    family: 'data-harvesting',
    severity: 'high',
    name: 'Asked to monitor you',
    topic: 'monitoring you',
    meaning: 'They want to watch your screen, room, face or computer. You can offer to share one window.',
  },
  'retention-or-sharing': {
    family: 'data-harvesting',
    severity: 'high',
    name: 'Keeps or shares your data',
    topic: 'keeping or sharing your data',
    meaning: 'Your recording or data may be kept, passed on or used to train AI. You can ask for limits in writing.',
  },
  'protected-trait': {
    family: 'data-harvesting',
    severity: 'high',
    name: 'Asked about your private life',
    topic: 'your private life',
    meaning: 'This has nothing to do with how you do the job. You can leave it unanswered.',
  },
};

/** The labels' names, in the order of the classifier's outputs. */
export const LABEL_NAMES = Object.keys(LABELS) as Label[];

/** The consent events, in the order of the classifier's outputs after the labels. */
export const EVENT_NAMES: EventName[] = ['consent-given', 'consent-refused', 'data-question', 'reassurance'];

/** Whether a name is one of the labels. */
export function isLabel(name: string): name is Label {
  return Object.hasOwn(LABELS, name);
}
