/** Turns on the time line of a call, in seconds; null where the form of the sample keeps no times. */
export interface Scene<T, Time extends number | null = number> {
  turns: (T & { start: Time; end: Time })[];
  duration: Time;
}

/** Seconds of silence before the first turn, behind the last one, and between two turns. */
const LEAD = 0.5;
const TAIL = 0.6;
const SHORTEST_PAUSE = 0.65;
const LONGEST_PAUSE = 1.15;

/** Lets one turn follow the other with pauses that the seed decides. */
export function placeTurns<T>(turns: T[], secondsOf: (turn: T) => number, seed: number): Scene<T> {
  const random = randomFrom(seed);
  let now = LEAD;
  const placed = turns.map(turn => {
    const start = toCentisecond(now);
    const end = toCentisecond(start + secondsOf(turn));
    now = end + SHORTEST_PAUSE + random() * (LONGEST_PAUSE - SHORTEST_PAUSE);
    return { ...turn, start, end };
  });
  return { turns: placed, duration: toCentisecond((placed.at(-1)?.end ?? 0) + TAIL) };
}

/** The same turns for a form that tells no times. */
export function withoutTimes<T>({ turns }: Scene<T>): Scene<T, null> {
  return { turns: turns.map(turn => ({ ...turn, start: null, end: null })), duration: null };
}

/** Numbers in [0, 1) that are the same on every machine: a linear congruential generator of 32 bits. */
function randomFrom(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function toCentisecond(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
