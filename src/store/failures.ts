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
  const kind = DAMAGED.test(code) ? 'store-locked' : 'failed';
  return new OffRecordError(kind, sentence(path, code), { cause: error });
}

const DAMAGED = /^SQLITE_(NOTADB|CORRUPT)/;

type Sentence = (path: string, code: string) => string;

const SENTENCES: [codes: RegExp, sentence: Sentence][] = [
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    path =>
      `The store ${path} is in use by another offrecord for more than ${BUSY_SECONDS} s. Try again when it is done.`,
  ],
  [
    // On a full disk the first thing that fails is the shared memory beside the log.
    /^(SQLITE_FULL|SQLITE_IOERR_SHM\w+|ENOSPC|EDQUOT)/,
    path =>
      `The disk is full, so nothing can be saved or changed in ${path} now. What is kept in it stays. Make room and try again.`,
  ],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS|EACCES|EPERM)/,
    (path, code) =>
      `The store can’t write ${path} or beside it (${code}), which it must even to read. What is kept in it stays. Give yourself the right to write there, or name another folder.`,
  ],
  [
    DAMAGED,
    path =>
      `The store ${path} can’t be read: it is damaged, or another offrecord has just renewed its key. Try once more, else put the file back from a backup.`,
  ],
];

const OTHER: Sentence = (path, code) =>
  `The store can’t use ${path} (${code}). Check that the disk has room and that you may write in its folder, or name another one.`;
