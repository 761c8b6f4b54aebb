import { clock } from '../time.js';
import type { Report, VerdictLevel } from '../types.js';
import { VERDICT_MEANINGS } from './list.js';
import type { Paint } from './style.js';

/** What became of one file: a report, or one sentence. */
export interface BatchOutcome {
  file: string;
  report: Report | null;
  error: string | null;
}

/** The last line of `batch --json`. */
export interface BatchSummary {
  schema: 'offrecord.batch/1';
  files: number;
  analyzed: number;
  failed: number;
  verdicts: Record<VerdictLevel, number>;
  failures: { file: string; error: string }[];
}

/** Counts and failures of a batch of `files` files, of which some may not have been reached. */
export function summarizeBatch(outcomes: BatchOutcome[], files: number): BatchSummary {
  const count = (level: VerdictLevel): number =>
    outcomes.filter(({ report }) => report?.verdict.level === level).length;
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
  const rows = outcomes.flatMap(({ file, report }) => {
    if (!report) return [];
    const { level } = report.verdict;
    const flags = `${report.flags.length} ${report.flags.length === 1 ? 'flag' : 'flags'}`;
    const length = report.call.duration === null ? '' : clock(report.call.duration);
    return [
      `  ${paint(VERDICT_MEANINGS[level], level.padEnd(6))}${flags.padEnd(10)}${length.padStart(8)}  ${report.call.id}  ${file}`,
    ];
  });
  const failures = outcomes.flatMap(({ error }) =>
    error === null ? [] : [`  ${paint('critical', 'failed')}  ${error}`],
  );
  const total = `  ${rows.length} analysed, ${failures.length} failed`;
  return ['', ...rows, ...failures, '', total, ''].join('\n');
}
