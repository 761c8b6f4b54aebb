import { accessSync, closeSync, constants, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { OffRecordError } from '../errors.js';
import { pathError } from '../source-file.js';

/** A document of a file, with words that say where it stands. */
export interface FoundDocument {
  place: string;
  document: unknown;
}

/**
 * The documents of a file, one after the other: one document, JSON Lines, or a document of many reports. A file of lines is
 * never held whole.
 * @throws OffRecordError `failed` for a file that can't be read, or is no JSON
 */
export function* readDocuments(path: string): Generator<FoundDocument> {
  refuseOther(path);
  if (!beginsWithDocument(path)) {
    yield* unpack(path, parse(path, readAll(path)));
    return;
  }
  let number = 0;
  for (const line of linesOf(path)) {
    number++;
    const place = `${path}, line ${number},`;
    if (line.trim() !== '') yield* unpack(place, parse(place, line));
  }
}

function refuseOther(path: string): void {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isFile()) return;
  } catch (error) {
    throw pathError(path, error);
  }
  throw new OffRecordError('failed', `${path} is not a file, so nothing was imported.`);
}

/** Whether the first line is a document of its own. */
function beginsWithDocument(path: string): boolean {
  for (const line of linesOf(path)) {
    if (line.trim() === '') continue;
    try {
      JSON.parse(line);
      return true;
    } catch {
      return false;
    }
  }
  return false;
}

function readAll(path: string): string {
  try {
    return withoutMark(readFileSync(path, 'utf8'));
  } catch (error) {
    throw pathError(path, error);
  }
}

function parse(place: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message quotes what it read.
    throw new OffRecordError('failed', `${place} is not JSON, so nothing was imported.`, { cause: error });
  }
}

/** Reports of a document of many; nothing of the last line of a batch. */
function* unpack(place: string, document: unknown): Generator<FoundDocument> {
  const { schema, reports } = (document ?? {}) as { schema?: unknown; reports?: unknown };
  if (schema === 'offrecord.batch/1') return;
  if (schema !== 'offrecord.reports/1' || !Array.isArray(reports)) yield { place, document };
  else for (const [n, report] of reports.entries()) yield { place: `${place} report ${n + 1},`, document: report };
}

const BLOCK_BYTES = 1 << 20;

function* linesOf(path: string): Generator<string> {
  const handle = openSync(path, 'r');
  try {
    const [block, decoder] = [Buffer.alloc(BLOCK_BYTES), new StringDecoder('utf8')];
    let rest = '';
    let isFirst = true;
    for (let bytes = readSync(handle, block); bytes > 0; bytes = readSync(handle, block)) {
      const text = decoder.write(block.subarray(0, bytes));
      const [first = '', ...lines] = (isFirst ? withoutMark(text) : text).split('\n');
      isFirst = false;
      rest += first;
      for (const line of lines) {
        yield rest;
        rest = line;
      }
    }
    yield rest + decoder.end();
  } finally {
    closeSync(handle);
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
