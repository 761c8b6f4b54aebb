import { cleanText } from '../clean-text.js';
import { clock } from '../time.js';
import type { Report, VerdictLevel } from '../types.js';
import { VERDICT_MEANINGS } from './list.js';
import type { Paint } from './style.js';

/** What became of one file: what a table shows of its report, or one sentence. Whole reports would not fit for thousands of calls. */
export type BatchOutcome =
  | { file: string; error: null; id: string; level: VerdictLevel; flags: number; duration: number | null }
  | { file: string; error: string };

/** The last line of `batch --json`. */
export interface BatchSummary {
  schema: 'offrecord.batch/1';
  files: number;
  analyzed: number;
  failed: number;
  verdicts: Record<VerdictLevel, number>;
  failures: { file: string; error: string }[];
}

/** What a batch remembers of a report. */
export function toOutcome(file: string, { call, verdict, flags }: Report): BatchOutcome {
  return { file, error: null, id: call.id, level: verdict.level, flags: flags.length, duration: call.duration };
}

/** Counts and failures of a batch of `files` files, of which some may not have been reached. */
export function summarizeBatch(outcomes: BatchOutcome[], files: number): BatchSummary {
  const count = (level: VerdictLevel): number =>
    outcomes.filter(outcome => outcome.error === null && outcome.level === level).length;
  const failures = outcomes.flatMap(({ file, error }) => (error === null ? [] : [{ file, error }]));
  return {
    schema: 'offrecord.batch/1',
    files,
    analyzed: outcomes.length - failures.length,
    failed: failures.length,
    verdicts: { leave: count('leave'), ask: count('ask'), note: count('note'), clear: count('clear') },
    failures,
  };
}

/** A table of what was found in each file, and the failures with their reasons. */
export function renderBatch(outcomes: BatchOutcome[], { paint }: { paint: Paint }): string {
  const rows = outcomes.flatMap(outcome => {
    if (outcome.error !== null) return [];
    const { file, id, level, flags, duration } = outcome;
    const count = `${flags} ${flags === 1 ? 'flag' : 'flags'}`;
    const columns = [paint(VERDICT_MEANINGS[level], level.padEnd(5)), count.padEnd(8), clock(duration).padStart(7), id];
    return [`  ${[...columns, cleanText(file)].join('  ')}`];
  });
  const failures = outcomes.flatMap(({ file, error }) =>
    error === null ? [] : [`  ${paint('critical', 'failed')}  ${cleanText(`${file}: ${error}`)}`],
  );
  const total = `  ${rows.length} analysed, ${failures.length} failed`;
  return ['', ...rows, ...failures, '', total, ''].join('\n');
}
