/** What one check found. */
export interface Check {
  name: string;
  state: 'ok' | 'warning' | 'failed';
  /** What was seen, in a few words. */
  seen: string;
  /** What to do about it; null where there is nothing to do. */
  mend: string | null;
}

export function ok(name: string, seen: string): Check {
  return { name, state: 'ok', seen, mend: null };
}

export function warning(name: string, seen: string, mend: string): Check {
  return { name, state: 'warning', seen, mend };
}

export function failed(name: string, seen: string, mend: string): Check {
  return { name, state: 'failed', seen, mend };
}

const LONGEST_REASON = 200;

/** The reason of an error on one line. */
export function reasonOf(error: unknown): string {
  const line = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
