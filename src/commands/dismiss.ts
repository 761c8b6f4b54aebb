import { type Command, InvalidArgumentError } from 'commander';
import { OffRecordError } from '../errors.js';
import { headlineOf } from '../report/text.js';
import { LABELS } from '../taxonomy.js';
import { clock } from '../time.js';
import type { Flag, Report } from '../types.js';
import { inStore } from './in-store.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  undo?: boolean;
}

/** Declares `offrecord dismiss ID FLAG`. */
export function declareDismiss(program: Command): void {
  withCommon(program.command('dismiss'))
    .description('say that a flag is a false alarm; without a number, show the flags of a call')
    .argument('<id>', 'id of the call, or its beginning (see: offrecord list)')
    .argument('[flag]', 'number of the flag', parseFlag)
    .option('--undo', 'let the flag count again')
    .action(dismiss);
}

function dismiss(id: string, flag: number | undefined, options: Options): void {
  const report = inStore(options, store =>
    flag === undefined ? store.get(id) : store.dismiss(id, flag, !options.undo),
  );
  if (!report) throw new OffRecordError('failed', 'No calls are kept yet. Analyse one with: offrecord analyze FILE');
  if (options.json) printJson(toDocument(report));
  else print(describe(report));
}

function toDocument({ call, verdict, flags }: Report): object {
  const listed = flags.map(({ id, label, start, quote, dismissed }) => ({ id, label, start, quote, dismissed }));
  return { schema: 'offrecord.dismiss/1', id: call.id, verdict, flags: listed };
}

function describe(report: Report): string {
  const headline = `${report.call.id}: ${headlineOf(report)} ${report.verdict.reasons.join(' ')}`;
  return [headline, ...report.flags.map(flagLine)].join('\n');
}

function flagLine({ id, start, label, dismissed }: Flag): string {
  const mark = dismissed ? '  (dismissed: a false alarm)' : '';
  return `  ${String(id).padStart(3)}  ${clock(start).padStart(7)}  ${LABELS[label].name}${mark}`;
}

function parseFlag(value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError(`“${value}” is not the number of a flag.`);
}
