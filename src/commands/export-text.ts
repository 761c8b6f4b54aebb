import { cleanText } from '../clean-text.js';
import { count, sizeOf } from '../report/amounts.js';
import type { ExportedFile, FoundExport } from '../store/store.js';

const SHOWN_FILES = 10;

/** What was written, and what to know of a file that is not locked. */
export function describeExported(files: ExportedFile[], days: number | null): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const lines = files.slice(0, SHOWN_FILES).map(file => `  ${cleanText(file.path)}  (${sizeOf(file.bytes)})`);
  const more = files.length > SHOWN_FILES ? [`  … and ${files.length - SHOWN_FILES} more`] : [];
  const age = days === null ? '' : `, or after ${count(days, 'day')}`;
  const [it, its] = files.length === 1 ? ['It', 'the call'] : ['They', 'a call in them'];
  return [
    `Written: ${count(files.length, 'file')}, ${sizeOf(bytes)}.`,
    ...lines,
    ...more,
    `${it} can be read by you alone on this computer, but ${files.length === 1 ? 'is' : 'are'} plain text, not encrypted like the store. Be careful whom you give ${files.length === 1 ? 'it' : 'them'}.`,
    `When ${its} is purged, by you${age}, the file is deleted too, unless you change or move it. To keep it longer: offrecord keep ID, or copy the file.`,
  ].join('\n');
}

/** Said where a call goes to standard output. */
export const OUT_OF_REACH =
  'This is plain text, and where you put it is not known here: a purge can’t delete it. With -o FILE it can.';

/** A line of `privacy` about an exported file. */
export function exportLine({ path, bytes, calls, exportedAt, state }: FoundExport): string {
  const facts = [sizeOf(bytes), count(calls, 'call'), exportedAt.slice(0, 10), STATES[state]];
  return `  export  ${cleanText(path)}  ${facts.join(', ')}`;
}

const STATES: Record<FoundExport['state'], string> = {
  there: 'plain text, goes with a purge',
  changed: 'changed since: a purge will leave it',
  missing: 'not there any more; moved?',
  unreadable: 'can’t be read',
};
