#!/usr/bin/env node
import './privacy/network-guard.js';
import { Command, CommanderError } from 'commander';
import { cleanText } from './clean-text.js';
import { askSecret } from './commands/ask.js';
import { declareCommands } from './commands/commands.js';
import { notice } from './commands/terminal.js';
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
  const [node = '', script = '', named = 'ui', ...words] = argv;
  const program = newProgram();
  try {
    await declareCommands(program, named, stop);
    await program.parseAsync([node, script, named, ...words]);
    return 0;
  } catch (error) {
    return report(error);
  }
}

function newProgram(): Command {
  return new Command('offrecord')
    .description('Finds the red flags in your own job-interview calls, on your own computer.')
    .version('0.1.0', '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .addHelpText('after', EXIT_CODE_HELP)
    .hook('preAction', (_, action) => nameCommand(action.name()))
    .exitOverride();
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
 * waits has changed nothing yet. The sentence comes last, so that a Ctrl-C right after it is not lost.
 */
function tellWaiting(): () => void {
  const kept = STOP_SIGNALS.map(name => [name, process.rawListeners(name)] as const);
  for (const [name] of kept) process.removeAllListeners(name);
  notice('Another offrecord is writing in the store; waiting for it. Ctrl-C stops.');
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
