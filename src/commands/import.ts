import type { Command } from 'commander';
import type { ZodType, z } from 'zod';
import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import { count } from '../report/amounts.js';
import { openStore, type Saved, type Store } from '../store/store.js';
import type { Report } from '../types.js';
import { purgeExpired } from './in-store.js';
import { lockOfNew } from './new-lock.js';
import { type CommonOptions, withCommon } from './options.js';
import { readDocuments } from './report-files.js';
import { describeFirstSave } from './saving.js';
import { notice, print, printJson } from './terminal.js';

/** Declares `offrecord import FILE…`. */
export function declareImport(program: Command): void {
  withCommon(program.command('import'))
    .description('keep reports that were made elsewhere with analyze or batch --json --no-save')
    .argument('<file...>', 'reports as JSON, or JSON Lines')
    .action(importReports);
}

async function importReports(files: string[], options: CommonOptions): Promise<void> {
  const { reportSchema } = await import('../report/schema.js');
  const reports = files.reduce((sum, file) => sum + [...placesOf(file, reportSchema)].length, 0);
  if (reports === 0) throw new OffRecordError('failed', `There is no report in ${files.join(', ')}.`);
  const store = openStore(options.store, keyDirOf(options.store), lockOfNew(options.store));
  try {
    purgeExpired(store);
    const saved = files.flatMap(file => store.saveAll(() => reportsOf(file, reportSchema)));
    tell(saved, store, options);
  } finally {
    store.close();
  }
}

/** Everything is looked at before anything is kept: a bad report at the end costs nothing that a second try would not. */
function* placesOf(file: string, schema: ZodType<Report>): Generator<string> {
  for (const { place, document } of readDocuments(file)) {
    check(place, document, schema);
    yield place;
  }
}

function* reportsOf(file: string, schema: ZodType<Report>): Generator<Report> {
  for (const { place, document } of readDocuments(file)) yield check(place, document, schema);
}

function check(place: string, document: unknown, schema: ZodType<Report>): Report {
  const { success, data, error } = schema.safeParse(document);
  if (success) return data;
  const [issue] = error.issues;
  throw new OffRecordError('failed', `${place} ${issue ? describe(issue) : NO_REPORT}, so nothing was imported.`);
}

const NO_REPORT = 'is no report of offrecord';

/** Never with the value: it could be what somebody said. */
function describe({ code, path, message }: z.core.$ZodIssue): string {
  if (path.length === 0 && code === 'invalid_type') return NO_REPORT;
  if (path[0] === 'schema') return `${NO_REPORT} that this version knows`;
  const field = path.length === 0 ? 'the report' : `“${path.join('.')}”`;
  return `is no sound report: ${field} ${code === 'custom' ? message : (WRONGS[code] ?? 'is not what a report has there')}`;
}

const WRONGS: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  invalid_type: 'is missing or of another kind',
  invalid_value: 'is none of the values it can have',
  unrecognized_keys: 'has a field that no report has',
  too_small: 'is too small or too short',
  too_big: 'is too big or too long',
};

function tell(saved: Saved[], store: Store, { json, store: dir }: CommonOptions): void {
  const ids = saved.map(({ id, revision }) => ({ id, revision }));
  const { days, expired } = store.retention(new Date());
  if (json) printJson({ schema: 'offrecord.import/1', reports: ids });
  else print(describeImport(saved));
  if (saved.some(({ isFirst }) => isFirst)) notice(describeFirstSave(dir, days));
  if (expired > 0)
    notice(
      `${count(expired, 'call')} of what is kept now is older than ${days} days since the analysis, and goes with the next command that reads the store. Pin what you need: offrecord keep ID.`,
    );
}

function describeImport(saved: Saved[]): string {
  const again = saved.filter(({ revision }) => revision > 1).length;
  const known = again === 0 ? '' : `, ${again} of them as new revisions of calls that were kept already`;
  return `Imported: ${count(saved.length, 'report')}${known}. See them: offrecord list.`;
}
