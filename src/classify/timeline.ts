import { LABELS } from '../taxonomy.js';
import type { EventName, Flag, Label, TimelineEvent, Utterance } from '../types.js';

/** Labels that demand something a candidate can agree to or refuse. */
const DEMANDS: ReadonlySet<Label> = new Set<Label>([
  ...(['recording-request', 'recording-announced', 'one-way-interview', 'free-work', 'method-extraction'] as const),
  ...(['confidential-info', 'identity-or-money', 'surveillance', 'retention-or-sharing', 'protected-trait'] as const),
]);

/** An answer belongs to a demand at most this many utterances before it. */
const REACH = 12;

/** A consent event of one utterance. */
export interface FoundEvent {
  utterance: number;
  name: EventName;
}

/**
 * Request, answer, pushback in the order of the call. Each step is tied to the demand it is about: the flag itself, or the
 * latest demand before it.
 */
export function buildTimeline(utterances: Utterance[], flags: Flag[], events: FoundEvent[]): TimelineEvent[] {
  const timeline: TimelineEvent[] = [];
  let demand: Flag | null = null;
  for (const { id, start } of utterances) {
    const own = flags.filter(flag => flag.utterance === id);
    const asked = own.find(({ label }) => DEMANDS.has(label));
    if (asked) demand = asked;
    const about: Flag | null = demand && id - demand.utterance <= REACH ? demand : null;
    const step = (event: TimelineEvent['event'], flag: Flag | null): void => {
      timeline.push({
        event,
        start: flag?.utterance === id ? flag.start : start,
        utterance: id,
        about: about?.label ?? null,
        flag: flag?.id ?? null,
      });
    };
    const pushback = own.find(({ label }) => label === 'refusal-pushback');
    const pressed = pushback ?? (asked ? undefined : own.find(({ label }) => LABELS[label].family === 'pressure'));
    if (asked) step('asked', asked);
    if (pressed) step('pressed', pressed);
    for (const event of events) if (event.utterance === id) step(event.name, about);
  }
  return timeline;
}
