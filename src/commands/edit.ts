import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import type { Edits } from '../store/store.js';
import { inStore } from './in-store.js';
import { type CommonOptions, parseDate, withCommon } from './options.js';
import { print, printJson } from './terminal.js';

interface Options extends CommonOptions, Edits {}

/** Declares `offrecord edit ID`. */
export function declareEdit(program: Command): void {
  withCommon(program.command('edit'))
    .description('change company, role or date of a call, or note something about it')
    .argument('<id>', 'id of the call, or its beginning (see: offrecord list)')
    .option('--company <name>', 'company; "" takes it away, here and below')
    .option('--role <name>', 'role you applied for')
    .option('--date <day>', 'day of the call, YYYY-MM-DD', day => (day === '' ? '' : parseDate(day)))
    .option('--note <text>', 'a note for yourself: kept encrypted, and in no export')
    .action(edit);
}

function edit(given: string, options: Options): void {
  const { company, role, date, note } = options;
  const edits = Object.fromEntries(
    Object.entries({ company, role, date, note }).filter(([, value]) => value !== undefined),
  );
  if (Object.keys(edits).length === 0)
    throw new OffRecordError('usage', 'Say what to change: --company, --role, --date or --note.');
  const done = inStore(options, store => {
    const id = store.edit(given, edits);
    return store.list().find(call => call.id === id);
  });
  if (!done) throw new OffRecordError('failed', 'No calls are kept yet. Analyse one with: offrecord analyze FILE');
  const now = { company: done.company, role: done.role, date: done.date, note: done.note };
  if (options.json) printJson({ schema: 'offrecord.edit/1', id: done.id, ...now });
  else print([`${done.id} is changed:`, ...Object.entries(now).map(line)].join('\n'));
}

function line([name, value]: [string, string | null]): string {
  return `  ${name.padEnd(7)}  ${value ?? '–'}`;
}
