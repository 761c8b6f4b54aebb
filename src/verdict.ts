import { LABELS } from './taxonomy.js';
import { clock } from './time.js';
import type { Flag, TimelineEvent, Verdict } from './types.js';

/** An answer belongs to a demand at most this many utterances before it. */
export const REACH = 12;

/** “None found” must never read as “nothing there”. */
const NOTHING_FOUND = 'No red flag was found. That is not proof that there was none: words can be misheard or missed.';

/** What the candidate should make of the call, with the reasons. Dismissed flags do not count. */
export function decideVerdict(flags: Flag[], timeline: TimelineEvent[]): Verdict {
  const counted = flags.filter(({ dismissed }) => !dismissed);
  const leave = leaveReasons(counted, timeline);
  if (leave.length > 0) return { level: 'leave', reasons: [...leave, ...agreements(timeline)] };
  const serious = counted.filter(({ severity }) => severity !== 'medium');
  if (serious.length > 0) return { level: 'ask', reasons: [summary(serious), ...agreements(timeline)] };
  if (counted.length > 0) return { level: 'note', reasons: [`${summary(counted)} Nothing more serious was found.`] };
  return { level: 'clear', reasons: [NOTHING_FOUND] };
}

function leaveReasons(flags: Flag[], timeline: TimelineEvent[]): string[] {
  const first = (label: Flag['label']): Flag | undefined => flags.find(flag => flag.label === label);
  const reasons: string[] = [];
  const pushback = first('refusal-pushback');
  if (pushback) reasons.push(pushbackReason(pushback, timeline));
  const identity = first('identity-or-money');
  if (identity) reasons.push(`They asked for identity or money data${at(identity)}.`);
  const pressed = pressedSecret(flags);
  if (pressed) reasons.push(`They pressed for another employer’s confidential matter${at(pressed)}.`);
  return reasons;
}

/** Names the no that was not accepted where it stands near and is about the same. */
function pushbackReason(pushback: Flag, timeline: TimelineEvent[]): string {
  const step = timeline.find(({ flag, event }) => event === 'pressed' && flag === pushback.id);
  const no = timeline.findLast(
    ({ event, utterance, about }) =>
      event === 'consent-refused' &&
      utterance < pushback.utterance &&
      pushback.utterance - utterance <= REACH &&
      about === step?.about,
  );
  if (!no) return `They made it all or nothing, or did not accept a no${at(pushback)}.`;
  const again = timeline.some(
    ({ event, utterance, about }) => event === 'asked' && utterance === pushback.utterance && about === no.about,
  );
  return `You said no${at(no)}; they ${again ? 'asked again' : 'pressed on'}${at(pushback)}.`;
}

/** Confidential matter counts as pressed for when it is asked again, or when pressure follows soon after. */
function pressedSecret(flags: Flag[]): Flag | undefined {
  const first = flags.find(({ label }) => label === 'confidential-info');
  if (!first) return undefined;
  return flags.find(
    ({ label, family, utterance }) =>
      (label === 'confidential-info' && utterance > first.utterance) ||
      (family === 'pressure' && utterance >= first.utterance && utterance - first.utterance <= REACH),
  );
}

/** What the flags are about, each topic once with its first time. */
function summary(flags: Flag[]): string {
  const topics = new Map<string, string>();
  for (const flag of flags) {
    const { topic } = LABELS[flag.label];
    if (!topics.has(topic)) topics.set(topic, `${topic}${at(flag, '')}`);
  }
  return `It was about ${[...topics.values()].join(', ')}.`;
}

/** What the candidate agreed to. */
function agreements(timeline: TimelineEvent[]): string[] {
  return timeline
    .filter(({ event, about }) => event === 'consent-given' && about !== null)
    .map(step => `You agreed${at(step)}: ${step.about ? LABELS[step.about].topic : ''}.`);
}

/** ` at 0:41`, or ` (0:41)`; nothing where a transcript has no times. */
function at({ start }: { start: number | null }, word = ' at'): string {
  if (start === null) return '';
  return word === '' ? ` (${clock(start)})` : `${word} ${clock(start)}`;
}
