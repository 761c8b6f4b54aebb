import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { renderText } from '../report/text.js';
import { inStore } from './in-store.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson, textLayout } from './terminal.js';

interface Options extends CommonOptions {
  transcript?: boolean;
}

/** Declares `offrecord show ID`. */
export function declareShow(program: Command): void {
  withCommon(program.command('show'))
    .description('print the report of a call that is kept')
    .argument('<id>', 'id of the call, or its beginning (see: offrecord list)')
    .option('--transcript', 'print the whole transcript too')
    .action(showCall);
}

function showCall(id: string, options: Options): void {
  const report = inStore(options, store => store.get(id));
  if (!report) throw new OffRecordError('failed', 'No calls are kept yet. Analyse one with: offrecord analyze FILE');
  if (options.json) printJson(report);
  else print(renderText(report, { ...textLayout(), transcript: options.transcript ?? false }));
}
