import { createHmac, pbkdf2Sync } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { OffRecordError } from '../errors.js';

const PAGE_BYTES = 4096;
const SALT_BYTES = 16;
/** The page's code covers what lies between the readable header (salt and page size) and the code itself, then the page number. */
const SEALED = { start: 24, end: PAGE_BYTES - 64 };
const SALT_MASK = 0x3a;
const CODE_ROUNDS = 2;

/**
 * Reads the first page of a database file without SQLite, which would leave files beside one that it can't open.
 * @throws OffRecordError `store-locked` when the file can't be a store: plain SQLite, cut short, no file
 */
export function readFirstPage(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const { size, isRegular } = sizeOf(handle);
    if (!isRegular) throw refusal(`${file} is not a file`);
    const page = Buffer.alloc(PAGE_BYTES);
    const bytes = readSync(handle, page, 0, PAGE_BYTES, 0);
    if (page.toString('latin1', 0, SALT_BYTES) === 'SQLite format 3\0') throw refusal(`${file} is not encrypted`);
    if (bytes < PAGE_BYTES || (size % PAGE_BYTES !== 0 && !hasUnfinishedWork(file))) {
      throw refusal(`${file} is cut short (${size} bytes)`);
    }
    return page;
  } finally {
    closeSync(handle);
  }
}

function sizeOf(handle: number): { size: number; isRegular: boolean } {
  const stats = fstatSync(handle);
  return { size: stats.size, isRegular: stats.isFile() };
}

/** After a power cut the last page may be half-written; then the whole one waits in the log, and SQLite mends the file. */
function hasUnfinishedWork(file: string): boolean {
  return hasBytes(`${file}-wal`) || hasHotJournal(file);
}

/** Whether a change of the database was cut off outside of WAL. As SQLite does, it leaves aside a journal that was ended by zeros. */
export function hasHotJournal(file: string): boolean {
  const journal = `${file}-journal`;
  return hasBytes(journal) && readFileSync(journal)[0] !== 0;
}

/** Whether there is such a file, and it is not empty. */
export function hasBytes(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

const ADVICE = 'Put the right key or file back, or move the store away to begin an empty one.';

/** The error for a file that will not be used, with what was seen and what to do. */
export function refusal(seen: string, advice = ADVICE): OffRecordError {
  return new OffRecordError('store-locked', `The store can’t be opened: ${seen}. Nothing was changed. ${advice}`);
}

/** Whether a key made the code at the end of the first page (HMAC-SHA-512, as the cipher `sqlcipher` writes it). */
export function fitsFirstPage(page: Buffer, key: string): boolean {
  return fitsPage(page, 1, codeKeyOf(page, key));
}

/** The key of the codes, which comes from the store's key and from the salt on the first page. */
function codeKeyOf(firstPage: Buffer, key: string): Buffer {
  const salt = firstPage.subarray(0, SALT_BYTES).map(byte => byte ^ SALT_MASK);
  return pbkdf2Sync(Buffer.from(key, 'hex'), salt, CODE_ROUNDS, 32, 'sha512');
}

function fitsPage(page: Buffer, number: number, codeKey: Buffer): boolean {
  const pageNumber = Buffer.alloc(4);
  pageNumber.writeUInt32LE(number);
  const start = number === 1 ? SEALED.start : 0;
  const code = createHmac('sha512', codeKey).update(page.subarray(start, SEALED.end)).update(pageNumber);
  return code.digest().equals(page.subarray(SEALED.end));
}

/** Proves each page of a database file by its code, without SQLite; returns the numbers of those that fail. */
export function findBadPages(file: string, key: string): number[] {
  const codeKey = codeKeyOf(readFirstPage(file), key);
  const handle = openSync(file, 'r');
  try {
    const pages = Math.floor(fstatSync(handle).size / PAGE_BYTES);
    const isBad = (number: number): boolean => {
      // Another process may be writing the very page: then it is whole a moment later.
      return (
        !fitsPage(readPage(handle, number), number, codeKey) && !fitsPage(readPage(handle, number), number, codeKey)
      );
    };
    return Array.from({ length: pages }, (_, n) => n + 1).filter(isBad);
  } finally {
    closeSync(handle);
  }
}

function readPage(handle: number, number: number): Buffer {
  const page = Buffer.alloc(PAGE_BYTES);
  readSync(handle, page, 0, PAGE_BYTES, (number - 1) * PAGE_BYTES);
  return page;
}
