import { LABELS } from '../taxonomy.js';
import { toMillisecond } from '../time.js';
import type { EventName, Flag, Label, TimelineEvent, Utterance } from '../types.js';
import { REACH } from '../verdict.js';

/** Labels that ask for something a candidate can agree to or refuse. */
const REQUESTS: ReadonlySet<Label> = new Set<Label>([
  ...(['recording-request', 'one-way-interview', 'free-work', 'method-extraction'] as const),
  ...(['confidential-info', 'identity-or-money', 'surveillance', 'protected-trait'] as const),
]);

/** Labels that state something a candidate can still object to. */
const STATEMENTS: ReadonlySet<Label> = new Set<Label>(['recording-announced', 'retention-or-sharing']);

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
  const lastStart = new Map<Label, number | null>();
  let demand: Flag | null = null;
  for (const { id, start } of utterances) {
    const own = flags.filter(flag => flag.utterance === id);
    const asked = own.find(({ label }) => REQUESTS.has(label));
    const told = asked ? undefined : own.find(({ label }) => STATEMENTS.has(label));
    const open: Flag | null = demand && id - demand.utterance <= REACH ? demand : null;
    // A statement beside an open request does not replace it: the answer is still to the request.
    demand = asked ?? open ?? told ?? null;
    const step = (event: TimelineEvent['event'], about: Flag | null, flag: Flag | null): void => {
      const before = about ? (lastStart.get(about.label) ?? null) : null;
      const after = start === null || before === null ? null : toMillisecond(start - before);
      timeline.push({ event, start, utterance: id, about: about?.label ?? null, flag: flag?.id ?? null, after });
      if (about) lastStart.set(about.label, start);
    };
    if (asked) step('asked', asked, asked);
    if (told) step('told', told, told);
    const pressed = pressingFlag(own, asked !== undefined);
    if (pressed) step('pressed', demand, pressed);
    for (const event of events) if (event.utterance === id) step(event.name, demand, demand);
  }
  return timeline;
}

/** Pressing on after a no always counts; other pressure only where the line does not ask for something itself. */
function pressingFlag(flags: Flag[], asks: boolean): Flag | undefined {
  const pushback = flags.find(({ label }) => label === 'refusal-pushback');
  return pushback ?? (asks ? undefined : flags.find(({ label }) => LABELS[label].family === 'pressure'));
}
