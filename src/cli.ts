#!/usr/bin/env node
import './privacy/network-guard.js';
import { Command, CommanderError } from 'commander';
import { cleanText } from './clean-text.js';
import { declareAdvise } from './commands/advise.js';
import { declareAnalyze } from './commands/analyze.js';
import { askSecret } from './commands/ask.js';
import { declareBatch } from './commands/batch.js';
import { declareClip } from './commands/clip.js';
import { declareDismiss } from './commands/dismiss.js';
import { declareDoctor } from './commands/doctor.js';
import { declareEdit } from './commands/edit.js';
import { declareEvaluate } from './commands/evaluate.js';
import { declareExport } from './commands/export.js';
import { declareImport } from './commands/import.js';
import { declareKeep } from './commands/keep.js';
import { declareList } from './commands/list.js';
import { declareLock } from './commands/lock.js';
import { declareModels } from './commands/models.js';
import { declarePrivacy } from './commands/privacy.js';
import { declarePurge } from './commands/purge.js';
import { declareQuestions } from './commands/questions.js';
import { declareRetention } from './commands/retention.js';
import { declareSearch } from './commands/search.js';
import { declareShow } from './commands/show.js';
import { declareStats } from './commands/stats.js';
import { notice } from './commands/terminal.js';
import { declareUi } from './commands/ui.js';
import { EXIT_CODES, OffRecordError, systemCode } from './errors.js';
import { askPassphrasesWith, nameCommand, tellWaitingWith } from './store/store.js';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const EXIT_CODE_HELP = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some files of a batch failed, 4 model missing, 5 store locked or wrong key,
130 interrupted. Everything stays on this computer; only \`models pull\` uses the network.`;

handleClosedOutput();
askPassphrasesWith(askSecret);
tellWaitingWith(tellWaiting);
process.exitCode = await run(process.argv);

async function run(argv: string[]): Promise<number> {
  const stop = stopOnSignals();
  const program = declareProgram(stop);
  try {
    await program.parseAsync(argv.length <= 2 ? [...argv, 'ui'] : argv);
    return 0;
  } catch (error) {
    return report(error);
  }
}

function declareProgram(signal: AbortSignal): Command {
  const program = new Command('offrecord')
    .description('Finds the red flags in your own job-interview calls, on your own computer.')
    .version('0.1.0', '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .addHelpText('after', EXIT_CODE_HELP)
    .hook('preAction', (_, action) => nameCommand(action.name()))
    .exitOverride();
  declareUi(program, signal);
  declareAnalyze(program, signal);
  declareBatch(program, signal);
  declareList(program);
  declareShow(program);
  declareSearch(program);
  declareStats(program);
  declareAdvise(program);
  declareQuestions(program);
  declareExport(program);
  declareImport(program);
  declareEdit(program);
  declareDismiss(program);
  declareClip(program, signal);
  declarePurge(program);
  declareKeep(program);
  declareRetention(program);
  declareLock(program);
  declarePrivacy(program);
  declareDoctor(program);
  declareModels(program, signal);
  declareEvaluate(program, signal);
  return program;
}

/** Ctrl-C lets the work end cleanly; a second one ends the process at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of STOP_SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
      controller.abort();
    });
  }
  return controller.signal;
}

/**
 * While SQLite waits for another process no code of ours runs, so a signal could not stop it. It ends the process then: whatever
 * waits has changed nothing yet.
 */
function tellWaiting(): () => void {
  notice('Another offrecord is writing in the store; waiting for it. Ctrl-C stops.');
  const kept = STOP_SIGNALS.map(name => [name, process.rawListeners(name)] as const);
  for (const [name] of kept) process.removeAllListeners(name);
  return () => {
    for (const [name, listeners] of kept)
      for (const listener of listeners) process.on(name, listener as NodeJS.SignalsListener);
  };
}

/** A closed pipe (`offrecord list | head -1`) is no failure; a full disk behind `>` is. */
function handleClosedOutput(): void {
  process.stdout.on('error', error => {
    if (systemCode(error) === 'EPIPE') process.exit(0);
    process.stderr.write(`offrecord: The output can’t be written (${systemCode(error)}). Is the disk full?\n`);
    process.exit(EXIT_CODES.failed);
  });
  process.stderr.on('error', () => {});
}

/** Says what went wrong in one sentence and gives the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.usage;
  if (error instanceof OffRecordError) {
    process.stderr.write(`offrecord: ${cleanText(error.message)}\n`);
    return EXIT_CODES[error.kind];
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  process.stderr.write(
    `offrecord: Something went wrong inside the program (${what}). \`offrecord doctor\` may tell why; else please report it.\n`,
  );
  if (process.env.OFFRECORD_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return EXIT_CODES.failed;
}
