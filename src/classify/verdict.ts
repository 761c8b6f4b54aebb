import { clock } from '../time.js';
import type { Flag, TimelineEvent, Verdict } from '../types.js';

/** “None found” must never read as “nothing there”. */
const NOTHING_FOUND = 'No red flag was found. That is not proof that there was none: words can be misheard or missed.';

/** What the candidate should make of the call, with the reasons. Dismissed flags do not count. */
export function decideVerdict(flags: Flag[], timeline: TimelineEvent[]): Verdict {
  const counted = flags.filter(({ dismissed }) => !dismissed);
  const leave = leaveReasons(counted, timeline);
  if (leave.length > 0) return { level: 'leave', reasons: leave };
  const serious = counted.filter(({ severity }) => severity !== 'medium');
  if (serious.length > 0)
    return { level: 'ask', reasons: ['Something was asked of you that you may want to settle first.'] };
  if (counted.length > 0)
    return { level: 'note', reasons: ['There was some pressure, and nothing more serious was found.'] };
  return { level: 'clear', reasons: [NOTHING_FOUND] };
}

function leaveReasons(flags: Flag[], timeline: TimelineEvent[]): string[] {
  const first = (label: Flag['label']): Flag | undefined => flags.find(flag => flag.label === label);
  const reasons: string[] = [];
  const pushback = first('refusal-pushback');
  if (pushback) reasons.push(pushbackReason(pushback, timeline));
  const identity = first('identity-or-money');
  if (identity) reasons.push(`They asked for identity or money data (${clock(identity.start)}).`);
  const pressed = pressedSecret(flags);
  if (pressed) reasons.push(`They pressed for another employer’s confidential matter (${clock(pressed.start)}).`);
  return reasons;
}

function pushbackReason(pushback: Flag, timeline: TimelineEvent[]): string {
  const no = timeline.findLast(({ event, utterance }) => event === 'consent-refused' && utterance < pushback.utterance);
  if (!no) return `They made it all or nothing, or did not accept a no (${clock(pushback.start)}).`;
  return `You said no at ${clock(no.start)}; they pressed on at ${clock(pushback.start)}.`;
}

/** Confidential matter counts as pressed for when it is asked again, or when any pressure follows the first time. */
function pressedSecret(flags: Flag[]): Flag | undefined {
  const first = flags.find(({ label }) => label === 'confidential-info');
  if (!first) return undefined;
  return flags.find(
    ({ label, family, utterance }) =>
      (label === 'confidential-info' && utterance > first.utterance) ||
      (family === 'pressure' && utterance >= first.utterance),
  );
}
