import { OffRecordError, systemCode } from '../errors.js';

/** Seconds that a process waits for another one that writes. */
export const BUSY_SECONDS = 5;

/** Runs work on the store and turns the errors of SQLite and of the system into one sentence. */
export function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explain(file, error);
  }
}

function explain(file: string, error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof OffRecordError || code === undefined) return error;
  const path = error instanceof Error && 'path' in error ? String(error.path) : file;
  const [, sentence] = SENTENCES.find(([codes]) => codes.test(code)) ?? [null, OTHER];
  return new OffRecordError('failed', sentence(path, code), { cause: error });
}

type Sentence = (path: string, code: string) => string;

const SENTENCES: [codes: RegExp, sentence: Sentence][] = [
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    path =>
      `The store ${path} is in use by another offrecord for more than ${BUSY_SECONDS} s. Try again when it is done.`,
  ],
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    path => `The disk is full, so nothing was saved in ${path}. Make room and try again.`,
  ],
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    path =>
      `The store ${path} can’t be read: it is damaged, or another offrecord has just renewed its key. Try once more, else put the file back from a backup.`,
  ],
];

const OTHER: Sentence = (path, code) =>
  `The store can’t use ${path} (${code}). Check that the disk has room and that you may write in its folder, or name another one.`;
