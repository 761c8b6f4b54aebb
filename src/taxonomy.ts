import type { EventName, Family, Label, Severity } from './types.js';

/** What a label is: its family and severity, and words for the candidate: a short name, what it is about, what
 * was done to them in one sentence, and what they can do. */
export interface LabelInfo {
  family: Family;
  severity: Severity;
  name: string;
  topic: string;
  finding: string;
  advice: string;
}

/** The labels in the order of the classifier's first outputs. */
export const LABELS: Record<Label, LabelInfo> = {
  'recording-request': {
    family: 'recording',
    severity: 'high',
    name: 'Asked to record you',
    topic: 'recording you',
    finding: 'They asked to record you.',
    advice: 'You may say no, or ask first who keeps the recording, for how long, and what it is used for.',
  },
  'recording-announced': {
    family: 'recording',
    severity: 'high',
    name: 'Recorded without asking',
    topic: 'recording you',
    finding: 'They told you about a recording or an AI notetaker as a fact, without asking.',
    advice: 'You can still ask them to stop it.',
  },
  'one-way-interview': {
    family: 'recording',
    severity: 'high',
    name: 'Asked for a recording made alone',
    topic: 'a recording made alone',
    finding: 'They asked you for a recording made alone, with nobody on the other side.',
    advice: 'You can ask for a live call.',
  },
  'recording-rationale': {
    family: 'recording',
    severity: 'medium',
    name: 'Gave a reason for recording',
    topic: 'recording you',
    finding: 'They gave you a reason for recording.',
    advice: 'A reason is not an answer to who keeps the recording and for how long. You can still ask.',
  },
  'everyone-does-this': {
    family: 'pressure',
    severity: 'high',
    name: '“Everyone does this”',
    topic: 'what others do',
    finding: 'They told you that others accept it.',
    advice: 'What others accepted does not bind you.',
  },
  'urgency-scarcity': {
    family: 'pressure',
    severity: 'medium',
    name: 'Rushed you',
    topic: 'a deadline',
    finding: 'They tied your decision to a deadline or to losing the place.',
    advice: 'You can ask for time in writing.',
  },
  'authority-shift': {
    family: 'pressure',
    severity: 'medium',
    name: 'Put it on someone absent',
    topic: 'someone absent',
    finding: 'They told you that somebody who is not there insists.',
    advice: 'You can ask to hear it from that person, in writing.',
  },
  'refusal-pushback': {
    family: 'pressure',
    severity: 'critical',
    name: 'Did not accept your no',
    topic: 'your no',
    finding: 'They pressed on after your no, or made it all or nothing.',
    advice: 'Your no was an answer.',
  },
  'free-work': {
    family: 'ip-harvesting',
    severity: 'high',
    name: 'Asked for unpaid work',
    topic: 'unpaid work',
    finding: 'They asked you for real work for their own use without pay.',
    advice: 'You can offer a paid trial or an invented example.',
  },
  'method-extraction': {
    family: 'ip-harvesting',
    severity: 'high',
    name: 'Pressed for your method',
    topic: 'your method',
    finding: 'They asked you for steps or templates that they could reuse without you.',
    advice: 'An outline is enough to judge your skill.',
  },
  'confidential-info': {
    family: 'ip-harvesting',
    severity: 'critical',
    name: 'Asked for another employer’s secrets',
    topic: 'another employer’s secrets',
    finding: 'They asked you for something that another employer keeps private.',
    advice: 'It is not yours to share; sharing it can hurt you.',
  },
  'identity-or-money': {
    family: 'data-harvesting',
    severity: 'critical',
    name: 'Asked for identity or money data',
    topic: 'identity or money data',
    finding: 'They asked you for identity papers, bank data or money.',
    advice: 'Before a signed offer, an employer rarely needs them. This is also how scams work.',
  },
  surveillance: {
    family: 'data-harvesting',
    severity: 'high',
    name: 'Asked to monitor you',
    topic: 'monitoring you',
    finding: 'They asked to watch your screen, room, face or computer.',
    advice: 'You can offer to share one window.',
  },
  'retention-or-sharing': {
    family: 'data-harvesting',
    severity: 'high',
    name: 'Keeps or shares your data',
    topic: 'keeping or sharing your data',
    finding:
      'They told you that your recording or data may be kept, passed on or used to train AI, or stayed vague about it.',
    advice: 'You can ask for limits in writing.',
  },
  'protected-trait': {
    family: 'data-harvesting',
    severity: 'high',
    name: 'Asked about your private life',
    topic: 'your private life',
    finding: 'They asked you about your private life.',
    advice: 'This has nothing to do with how you do the job. You can leave it unanswered.',
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
