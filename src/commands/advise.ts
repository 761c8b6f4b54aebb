import { type Command, Option } from 'commander';
import { OffRecordError } from '../errors.js';
import { adviseOn } from '../report/advice.js';
import { renderAdvice } from '../report/advice-text.js';
import { letterNotes } from '../report/letter-notes.js';
import { LETTER_NAMES, LETTERS, type LetterName } from '../report/letters/letters.js';
import { painter } from '../report/style.js';
import type { ExportedFile, Store } from '../store/store.js';
import type { Report } from '../types.js';
import { describeExported, OUT_OF_REACH } from './export-text.js';
import { inStore } from './in-store.js';
import { type CommonOptions, withCommon } from './options.js';
import { notice, print, printJson, textLayout } from './terminal.js';

interface Options extends CommonOptions {
  letter?: LetterName;
  output?: string;
  force?: boolean;
}

/** Declares `offrecord advise ID`. */
export function declareAdvise(program: Command): void {
  withCommon(program.command('advise'))
    .description('what to say and do after a call, and letters with quotes and times from it')
    .argument('<id>', 'id of the call, or its beginning (see: offrecord list)')
    .addOption(new Option('--letter <name>', 'write a letter instead').choices(LETTER_NAMES))
    .option('-o, --output <file>', 'write into a file, which a purge of the call deletes too')
    .option('--force', 'replace a file that is there')
    .addHelpText(
      'after',
      `\nLetters:\n${LETTER_NAMES.map(name => `  ${name.padEnd(13)} ${LETTERS[name].about}`).join('\n')}`,
    )
    .action(advise);
}

function advise(id: string, options: Options): void {
  const isDone = inStore(options, store => {
    if (options.output !== undefined) writeInto(options.output, id, store, options);
    else if (options.letter !== undefined) printLetter(store.readForExport(id, 'letter'), options.letter, options);
    else printAdvice(store.get(id), options);
    return true;
  });
  if (!isDone) throw new OffRecordError('failed', 'No calls are kept yet. Analyse one with: offrecord analyze FILE');
}

function printAdvice(report: Report, { json }: Options): void {
  const [{ id, file }, advice] = [report.call, adviseOn(report)];
  if (json) printJson({ schema: 'offrecord.advice/1', call: { id, file }, ...advice });
  else print(renderAdvice(id, advice, textLayout()));
}

function printLetter(report: Report, name: LetterName, { json }: Options, file?: ExportedFile): void {
  const text = LETTERS[name].write(report);
  const notes = letterNotes(name, report, text);
  const { id, file: recording } = report.call;
  if (json) printJson({ schema: 'offrecord.letter/1', call: { id, file: recording }, letter: name, text, notes, file });
  else if (file === undefined) print(text.trimEnd());
  if (!json) notice([...notes, ...(file ? [] : [OUT_OF_REACH])].join('\n'));
}

/** The letter or the advice as a file that is remembered. */
function writeInto(path: string, given: string, store: Store, options: Options): void {
  const { letter, force = false, json } = options;
  const { days } = store.retention(new Date());
  let exported: Report | undefined;
  const kind = letter === undefined ? 'advice' : 'letter';
  const file = store.exportTo({ path, kind, ids: [given], force }, function* (reports) {
    for (const report of reports) {
      exported = report;
      yield letter === undefined ? adviceAsFile(report) : LETTERS[letter].write(report);
    }
  });
  if (!json) print(describeExported([file], days));
  if (exported === undefined) return;
  if (letter !== undefined) printLetter(exported, letter, options, file);
  else if (json) printJson({ schema: 'offrecord.advice/1', call: { id: exported.call.id }, file });
}

const FILE_WIDTH = 80;

function adviceAsFile(report: Report): string {
  return `${renderAdvice(report.call.id, adviseOn(report), { width: FILE_WIDTH, paint: painter(false) })}\n`;
}
