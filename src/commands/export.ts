import { type Command, Option } from 'commander';
import { OffRecordError } from '../errors.js';
import { FORMAT_NAMES, FORMATS, type Format, type FormatName } from '../report/formats.js';
import type { ExportedFile, Render, Store } from '../store/store.js';
import { makeFolderFor, refuseTaken, type Target, targetsOf } from './export-target.js';
import { describeExported, OUT_OF_REACH } from './export-text.js';
import { inStore } from './in-store.js';
import { type CommonOptions, withCommon } from './options.js';
import { notice, print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  all?: boolean;
  format: FormatName;
  output?: string;
  force?: boolean;
}

/** Declares `offrecord export ID…`. */
export function declareExport(program: Command): void {
  withCommon(program.command('export'))
    .description('write calls into files to read, print or pass on; a purge deletes them too')
    .argument('[id...]', 'ids of the calls, or their beginnings (see: offrecord list)')
    .option('--all', 'every call that is kept')
    .addOption(formatOption())
    .option('-o, --output <path>', 'file, or a folder for a file each; csv and json hold many calls in one file')
    .option('--force', 'replace files that are there')
    .addHelpText('after', `\nFormats:\n${FORMAT_NAMES.map(formatLine).join('\n')}`)
    .action(exportCalls);
}

function formatOption(): Option {
  return new Option('--format <name>', 'how to write them').choices(FORMAT_NAMES).makeOptionMandatory();
}

function formatLine(name: FormatName): string {
  return `  ${name.padEnd(5)} ${FORMATS[name].about}`;
}

function exportCalls(ids: string[], options: Options): void {
  if (ids.length > 0 === (options.all === true))
    throw new OffRecordError('usage', 'Say which calls: ids (see: offrecord list), or --all.');
  const done = inStore(options, store => {
    if (options.output === undefined) printOne(store, ids, options);
    else tell(writeAll(store, ids, options), store.retention(new Date()).days, options);
    return true;
  });
  if (!done) throw new OffRecordError('failed', 'No calls are kept yet. Analyse one with: offrecord analyze FILE');
}

/** Without a place the call goes to standard output. */
function printOne(store: Store, ids: string[], { format, json }: Options): void {
  const [id] = ids;
  if (id === undefined || ids.length > 1)
    throw new OffRecordError('usage', 'Say where several calls shall go, with -o FOLDER/ or -o FILE.');
  const report = store.readForExport(id, format);
  const content = FORMATS[format].render(report);
  if (json) printJson({ schema: 'offrecord.export/1', format, call: report.call.id, content });
  else process.stdout.write(content);
  notice(OUT_OF_REACH);
}

interface Written {
  files: ExportedFile[];
  failures: { call: string; error: string }[];
}

function writeAll(store: Store, given: string[], options: Options): Written {
  const { format, output = '', force = false } = options;
  const ids = options.all ? store.list().map(({ id }) => id) : store.wholeIds(given);
  if (ids.length === 0) throw new OffRecordError('failed', 'No calls are kept, so there is nothing to export.');
  const targets = targetsOf(ids, format, output);
  refuseTaken(targets, force);
  makeFolderFor(targets, output);
  const written: Written = { files: [], failures: [] };
  for (const target of targets) writeOne(store, target, { format, force }, written);
  return written;
}

/** A call that a format can't show, such as subtitles without times, does not keep the others from being written. */
function writeOne(
  store: Store,
  { path, ids }: Target,
  { format, force }: { format: FormatName; force: boolean },
  written: Written,
): void {
  try {
    written.files.push(store.exportTo({ path, kind: format, ids, force }, renderer(format, ids.length)));
  } catch (error) {
    if (!(error instanceof OffRecordError) || error.kind !== 'failed') throw error;
    written.failures.push({ call: ids[0] ?? '', error: error.message });
  }
}

function renderer(format: FormatName, calls: number): Render {
  const { render, renderMany }: Format = FORMATS[format];
  if (calls > 1 && renderMany !== undefined) return renderMany;
  return function* (reports) {
    for (const report of reports) yield render(report);
  };
}

function tell({ files, failures }: Written, days: number | null, { format, json }: Options): void {
  if (json) printJson({ schema: 'offrecord.export/1', format, files, failures });
  else if (files.length > 0) print(describeExported(files, days));
  const [first] = failures;
  if (first === undefined) return;
  if (files.length === 0 && failures.length === 1) throw new OffRecordError('failed', first.error);
  for (const { error } of failures) notice(error);
  const all = files.length + failures.length;
  throw new OffRecordError('partial', `${failures.length} of ${all} calls could not be exported.`);
}
