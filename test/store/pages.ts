import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { databaseFile } from '../../src/store/store.js';
import type { Place } from './place.js';

const PAGE = 4096;
const RESERVED = 80;
const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/** The readable content of all pages of the database and its log but the first page, free pages and unused room included. */
export function decryptedPages({ dir }: Place, key: string): string {
  const file = databaseFile(dir);
  const pages = cut(readFileSync(file), PAGE, PAGE, 0);
  const log = readdirSync(dir).includes('offrecord.db-wal') ? readFileSync(`${file}-wal`) : Buffer.alloc(0);
  const frames = cut(log, LOG_HEADER, PAGE, FRAME_HEADER);
  return [...pages, ...frames].map(page => decrypt(page, key)).join('\n');
}

/** Where the first page of the database that has a text begins, in bytes. */
export function placeOfPageWith(text: string, { dir }: Place, key: string): number {
  const pages = cut(readFileSync(databaseFile(dir)), PAGE, PAGE, 0);
  return (1 + pages.findIndex(page => decrypt(page, key).includes(text))) * PAGE;
}

function cut(bytes: Buffer, from: number, size: number, header: number): Buffer[] {
  const count = Math.max(0, Math.floor((bytes.length - from) / (size + header)));
  const starts = Array.from({ length: count }, (_, n) => from + n * (size + header) + header);
  return starts.map(start => bytes.subarray(start, start + size));
}

function decrypt(page: Buffer, key: string): string {
  const iv = page.subarray(PAGE - RESERVED, PAGE - RESERVED + 16);
  const cipher = createDecipheriv('aes-256-cbc', Buffer.from(key, 'hex'), iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(page.subarray(0, PAGE - RESERVED)), cipher.final()]).toString('latin1');
}
