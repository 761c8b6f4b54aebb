import { basename } from 'node:path';
import type { Command } from 'commander';
import { cleanText } from '../clean-text.js';
import type { Engine } from '../engine.js';
import { OffRecordError } from '../errors.js';
import { type BatchOutcome, renderBatch, summarizeBatch, toOutcome } from '../report/batch.js';
import { roughly } from '../time.js';
import type { Report } from '../types.js';
import { collectFiles, type FoundFile } from './collect-files.js';
import { type AnalysisOptions, saidByUser, withAnalysis } from './options.js';
import { describeProgress, progressLine } from './progress.js';
import { explainStop, type Saving, startSaving } from './saving.js';
import { notice, print, textLayout } from './terminal.js';

/** Declares `offrecord batch PATH…`. */
export function declareBatch(program: Command, signal: AbortSignal): void {
  withAnalysis(program.command('batch'))
    .description('analyse all recordings and transcripts of files and folders, one after the other')
    .argument('<path...>', 'files and folders; folders are searched to the bottom')
    .action((paths: string[], options: AnalysisOptions) => runBatch(paths, options, signal));
}

async function runBatch(paths: string[], options: AnalysisOptions, signal: AbortSignal): Promise<void> {
  const { files, failures } = await collectFiles(paths);
  if (files.length + failures.length === 0) {
    throw new OffRecordError('failed', `No recordings or transcripts were found in ${paths.join(', ')}.`);
  }
  // Loaded only now: the other commands work where the models’ native code does not load.
  const { createEngine } = await import('../engine.js');
  const { readyModel } = await import('./ready-model.js');
  await readyModel(
    files.map(({ path }) => path),
    options.model,
  );
  const saving = options.save ? startSaving(options.store) : null;
  const engine = await createEngine(options);
  try {
    const outcomes = [...failures, ...(await analyzeAll(files, engine, saving, options, signal))];
    const total = files.length + failures.length;
    if (options.json) print(JSON.stringify(summarizeBatch(outcomes, total)));
    else print(renderBatch(outcomes, textLayout()));
    const failed = outcomes.filter(({ error }) => error !== null).length;
    if (signal.aborted) throw explainStop(new OffRecordError('interrupted', 'Stopped.'), saving);
    if (failed > 0) throw new OffRecordError('partial', `${failed} of ${total} files could not be analysed.`);
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
  const { analyze } = await import('../pipeline.js');
  const outcomes: BatchOutcome[] = [];
  const progress = progressLine();
  const timeLeft = startTimeLeft(files);
  for (const [i, { path }] of files.entries()) {
    const place = `${i + 1}/${files.length}`;
    const outcome = await analyzeOne(path, async () => {
      const report = await analyze(path, engine, {
        ...saidByUser(options),
        checkpoints: saving?.checkpoints,
        onProgress: step => progress.show(basename(path), `${place} ${describeProgress(step)}${timeLeft(i)}`),
        signal,
      });
      saving?.save(report, path, 'quiet');
      if (options.json) print(JSON.stringify(report));
      return report;
    });
    progress.clear();
    if (signal.aborted) break;
    outcomes.push(outcome);
    notice(cleanText(`${place} ${path}: ${outcome.error ?? outcome.level}`));
  }
  return outcomes;
}

/** How long the whole batch will still take, by the bytes of the files that are done. */
function startTimeLeft(files: FoundFile[]): (done: number) => string {
  const started = performance.now();
  const bytesOf = (part: FoundFile[]): number => part.reduce((sum, file) => sum + file.bytes, 0);
  return done => {
    const ready = bytesOf(files.slice(0, done));
    if (ready === 0) return '';
    const seconds = ((performance.now() - started) / 1000) * (bytesOf(files.slice(done)) / ready);
    return `, all in about ${roughly(seconds)}`;
  };
}

/** One bad file never stops the rest; a locked store or a missing model would stop them all, so it does at once. */
async function analyzeOne(file: string, work: () => Promise<Report>): Promise<BatchOutcome> {
  try {
    return toOutcome(file, await work());
  } catch (error) {
    const fatal = error instanceof OffRecordError && (error.kind === 'store-locked' || error.kind === 'model-missing');
    if (fatal) throw error;
    return { file, error: error instanceof Error ? error.message : String(error) };
  }
}
