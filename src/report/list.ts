import { clock } from '../time.js';
import type { Family, VerdictLevel } from '../types.js';
import type { Meaning, Paint } from './style.js';

/** What a list shows of a call. */
export interface ListedCall {
  id: string;
  file: string;
  date: string | null;
  company: string | null;
  role: string | null;
  duration: number | null;
  verdict: VerdictLevel;
  flags: Record<Family, number>;
  analyzedAt: string;
  /** Whether it is pinned. */
  kept: boolean;
  note: string | null;
}

export const VERDICT_MEANINGS: Record<VerdictLevel, Meaning> = {
  leave: 'critical',
  ask: 'high',
  note: 'medium',
  clear: 'good',
};

/** The verdicts in two or three words. */
export const VERDICT_NAMES: Record<VerdictLevel, string> = {
  leave: 'think about leaving',
  ask: 'ask first',
  note: 'keep an eye on it',
  clear: 'none found',
};

/** A table of calls, or how to get a first one. */
export function renderList(calls: ListedCall[], { paint }: { paint: Paint }): string {
  if (calls.length === 0) return 'No calls are kept yet. Analyse one with: offrecord analyze FILE';
  return calls.map(call => line(call, paint)).join('\n');
}

function line(call: ListedCall, paint: Paint): string {
  const count = Object.values(call.flags).reduce((sum, flags) => sum + flags, 0);
  const flags = `${count} ${count === 1 ? 'flag' : 'flags'}`;
  const about = [call.company, call.role, call.file, call.kept && 'pinned', call.note && 'with a note']
    .filter(Boolean)
    .join(' · ');
  return [
    call.id,
    call.date ?? call.analyzedAt.slice(0, 10),
    paint(VERDICT_MEANINGS[call.verdict], call.verdict.padEnd(5)),
    flags.padEnd(8),
    clock(call.duration).padStart(7),
    about,
  ].join('  ');
}
