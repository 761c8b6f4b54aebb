import { basename } from 'node:path';
import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { renderText } from '../report/text.js';
import { type AnalysisOptions, saidByUser, withAnalysis } from './options.js';
import { describeProgress, progressLine } from './progress.js';
import { explainStop, startSaving } from './saving.js';
import { notice, print, printJson, textLayout } from './terminal.js';

interface Options extends AnalysisOptions {
  transcript?: boolean;
}

/** Declares `offrecord analyze FILE…`. */
export function declareAnalyze(program: Command, signal: AbortSignal): void {
  withAnalysis(program.command('analyze'))
    .description('find the red flags in a recording or a transcript, and keep the report')
    .argument('<file...>', 'recording (any format FFmpeg reads) or transcript (.vtt .srt .txt .json)')
    .option('--transcript', 'print the whole transcript too')
    .action((files: string[], options: Options) => analyzeFiles(files, options, signal));
}

async function analyzeFiles(files: string[], options: Options, signal: AbortSignal): Promise<void> {
  if (options.json && files.length > 1) {
    throw new OffRecordError(
      'usage',
      '--json prints one document: give one file, or use `offrecord batch` for several.',
    );
  }
  // Loaded only now: the other commands work where the models’ native code does not load.
  const [{ createEngine }, { analyze }] = [await import('../engine.js'), await import('../pipeline.js')];
  const { readyModel } = await import('./ready-model.js');
  await readyModel(files, options.model);
  const saving = options.save ? startSaving(options.store) : null;
  const engine = await createEngine(options);
  const progress = progressLine();
  try {
    for (const file of files) {
      const report = await analyze(file, engine, {
        ...saidByUser(options),
        checkpoints: saving?.checkpoints,
        onProgress: step => progress.show(basename(file), describeProgress(step)),
        signal,
      });
      progress.clear();
      // Printed before it is saved: a full disk must not cost the person the result.
      if (options.json) printJson(report);
      else print(renderText(report, { ...textLayout(), transcript: options.transcript ?? false }));
      if (saving) saving.save(report, file);
      else notice('Nothing was kept (--no-save).');
    }
  } catch (error) {
    throw explainStop(error, saving);
  } finally {
    progress.clear();
    saving?.close();
    await engine.dispose();
  }
}
