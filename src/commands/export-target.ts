import { existsSync, mkdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { OffRecordError } from '../errors.js';
import { FORMATS, type Format, type FormatName } from '../report/formats.js';

/** A file that is to be written, and the calls that go into it. */
export interface Target {
  path: string;
  ids: string[];
}

/**
 * Which files calls are exported to: one call to one file, many to a file each in a folder, or to one file where the format can
 * hold many.
 * @throws OffRecordError `usage` where it is not clear
 */
export function targetsOf(ids: string[], format: FormatName, output: string): Target[] {
  const { extension, renderMany }: Format = FORMATS[format];
  if (!isFolder(output)) {
    if (ids.length === 1 || renderMany !== undefined) return [{ path: output, ids }];
    if (extname(output) !== '') throw needsFolder(format, output);
  }
  return ids.map(id => ({ path: join(output, `${id}${extension}`), ids: [id] }));
}

function isFolder(path: string): boolean {
  return /[/\\]$/.test(path) || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

function needsFolder(format: FormatName, output: string): OffRecordError {
  return new OffRecordError(
    'usage',
    `Several calls don’t fit into one ${format} file: name a folder, such as -o ${output.slice(0, -extname(output).length)}/. In one file: --format csv or json.`,
  );
}

/** Makes the folder of files that are to be written into one, for its owner alone; its parent must be there. */
export function makeFolderFor(targets: Target[], output: string): void {
  const isEach = targets.some(({ path }) => path !== output);
  if (isEach && !existsSync(output)) mkdirSync(output, { mode: 0o700 });
}

/** Refuses before the first file is written, rather than between two. */
export function refuseTaken(targets: Target[], force: boolean): void {
  const taken = force ? [] : targets.filter(({ path }) => existsSync(path));
  const [first] = taken;
  if (first === undefined) return;
  const more = taken.length > 1 ? `, and ${taken.length - 1} more` : '';
  throw new OffRecordError(
    'failed',
    `${first.path}${more} is there already, so nothing was exported. Name another place, or replace with --force.`,
  );
}
