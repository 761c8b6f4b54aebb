import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { OffRecordError } from '../errors.js';
import { renderText } from '../report/text.js';
import { checkFile } from '../source-file.js';
import { type AnalysisOptions, saidByUser, withAnalysis } from './options.js';
import { describeProgress, progressLine } from './progress.js';
import { progressChannel } from './progress-channel.js';
import { explainStop, startSaving } from './saving.js';
import { notice, print, printJson, textLayout } from './terminal.js';

interface Options extends AnalysisOptions {
  transcript?: boolean;
  open?: boolean;
  progressFd?: number;
}

/** Declares `offrecord analyze FILE…`. */
export function declareAnalyze(program: Command, signal: AbortSignal): void {
  withAnalysis(program.command('analyze'))
    .description('find the red flags in a recording or a transcript, and keep the report')
    .argument('<file...>', 'recording (any format FFmpeg reads) or transcript (.vtt .srt .txt .json)')
    .option('--transcript', 'print the whole transcript too')
    .option('--open', 'go to the terminal UI afterwards')
    .addOption(new Option('--progress-fd <number>').argParser(Number).hideHelp())
    .action((files: string[], options: Options) => analyzeFiles(files, options, signal));
}

async function analyzeFiles(files: string[], options: Options, signal: AbortSignal): Promise<void> {
  if (options.json && files.length > 1) {
    throw new OffRecordError(
      'usage',
      '--json prints one document: give one file, or use `offrecord batch` for several.',
    );
  }
  if (options.open && (options.json || !options.save))
    throw new OffRecordError('usage', '--open shows a call that is kept: leave out --json and --no-save.');
  // A wrong name is told before anything is asked, and before an hour of work on the files in front of it.
  for (const file of files) await checkFile(file);
  // Loaded only now: the other commands work where the models’ native code does not load.
  const [{ createEngine }, { analyze }] = [await import('../engine.js'), await import('../pipeline.js')];
  const { readyModel } = await import('./ready-model.js');
  await readyModel(files, options.model);
  const saving = options.save ? startSaving(options.store) : null;
  const engine = await createEngine(options);
  const progress = progressLine();
  const channel = progressChannel(options.progressFd);
  let last: string | null = null;
  try {
    for (const file of files) {
      const report = await analyze(file, engine, {
        ...saidByUser(options),
        checkpoints: saving?.checkpoints,
        onProgress: step => {
          progress.show(basename(file), describeProgress(step));
          channel.step(step);
        },
        signal,
      });
      progress.clear();
      // Printed before it is saved: a full disk must not cost the person the result.
      if (options.json) printJson(report);
      else print(renderText(report, { ...textLayout(), transcript: options.transcript ?? false }));
      if (saving) {
        last = saving.save(report, file).id;
        channel.saved(last);
      } else notice('Nothing was kept (--no-save).');
    }
  } catch (error) {
    throw explainStop(error, saving);
  } finally {
    progress.clear();
    saving?.close();
    await engine.dispose();
  }
  if (options.open) await (await import('./ui.js')).openUi({ store: options.store, call: last }, signal);
}
