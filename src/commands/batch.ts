import type { Command } from 'commander';
import { createEngine, type Engine } from '../engine.js';
import { OffRecordError } from '../errors.js';
import { Pace } from '../pace.js';
import { analyze } from '../pipeline.js';
import { type BatchOutcome, renderBatch, summarizeBatch } from '../report/batch.js';
import { roughly } from '../time.js';
import type { Report } from '../types.js';
import { collectFiles, type FoundFile } from './collect-files.js';
import { type AnalysisOptions, saidByUser, withAnalysis } from './options.js';
import { describeProgress, progressLine } from './progress.js';
import { type Saving, startSaving } from './saving.js';
import { notice, print, textLayout } from './terminal.js';

/** Declares `offrecord batch PATH…`. */
export function declareBatch(program: Command, signal: AbortSignal): void {
  withAnalysis(program.command('batch'))
    .description('analyse all recordings and transcripts of files and folders, one after the other')
    .argument('<path...>', 'files and folders; folders are searched to the bottom')
    .action((paths: string[], options: AnalysisOptions) => runBatch(paths, options, signal));
}

async function runBatch(paths: string[], options: AnalysisOptions, signal: AbortSignal): Promise<void> {
  const files = await collectFiles(paths);
  if (files.length === 0) {
    throw new OffRecordError('failed', `No recordings or transcripts were found in ${paths.join(', ')}.`);
  }
  const saving = options.save ? startSaving(options.store) : null;
  const engine = await createEngine(options);
  try {
    const outcomes = await analyzeAll(files, engine, saving, options, signal);
    if (options.json) print(JSON.stringify(summarizeBatch(outcomes, files.length)));
    else print(renderBatch(outcomes, textLayout()));
    const failed = outcomes.filter(({ error }) => error !== null).length;
    if (signal.aborted)
      throw new OffRecordError('interrupted', `Stopped after ${outcomes.length} of ${files.length} files.`);
    if (failed > 0) throw new OffRecordError('partial', `${failed} of ${files.length} files could not be analysed.`);
  } finally {
    saving?.close();
    await engine.dispose();
  }
}

async function analyzeAll(
  files: FoundFile[],
  engine: Engine,
  saving: Saving | null,
  options: AnalysisOptions,
  signal: AbortSignal,
): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = [];
  const progress = progressLine();
  let left = '';
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const pace = new Pace(
    'transcribe',
    bytes,
    ({ eta }) => (left = eta === null ? '' : `, all in about ${roughly(eta)}`),
  );
  for (const [i, { path }] of files.entries()) {
    const title = `${i + 1}/${files.length} ${path}`;
    const outcome = await analyzeOne(path, async () => {
      const report = await analyze(path, engine, {
        ...saidByUser(options),
        checkpoints: saving?.checkpoints,
        onProgress: step => progress.show(title, describeProgress(step) + left),
        signal,
      });
      if (options.json) print(JSON.stringify(report));
      saving?.save(report, 'quiet');
      return report;
    });
    progress.clear();
    if (signal.aborted) break;
    outcomes.push(outcome);
    notice(`${title}: ${outcome.error ?? outcome.report?.verdict.level ?? ''}`);
    pace.reach(files.slice(0, i + 1).reduce((sum, file) => sum + file.bytes, 0));
  }
  return outcomes;
}

/** One bad file never stops the rest; a locked store or a missing model would stop them all, so it does at once. */
async function analyzeOne(file: string, work: () => Promise<Report>): Promise<BatchOutcome> {
  try {
    return { file, report: await work(), error: null };
  } catch (error) {
    const fatal = error instanceof OffRecordError && (error.kind === 'store-locked' || error.kind === 'model-missing');
    if (fatal) throw error;
    return { file, report: null, error: error instanceof Error ? error.message : String(error) };
  }
}
