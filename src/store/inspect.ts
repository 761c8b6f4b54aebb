import { existsSync, readFileSync } from 'node:fs';
import { OffRecordError, systemCode } from '../errors.js';
import { findBadPages, fitsFirstPage, hasBytes, readFirstPage } from './first-page.js';
import { lookInside } from './inspect-inside.js';
import { type Inspection, UNSEEN } from './inspection.js';
import { keyFile, nextKeyFile, openRecords } from './key.js';
import { type Found, isRecord, parseRecord } from './key-record.js';
import { missingKey } from './missing-key.js';
import { hasNextKey } from './next-key.js';
import { databaseFile } from './open.js';

/** Looks at a store without making, mending, or even closing anything. */
export function inspectStore(dir: string, configDir: string): Inspection {
  const file = databaseFile(dir);
  if (!existsSync(file)) return { ...UNSEEN, ...orphan(file) };
  try {
    const records = lookAtKeys(configDir);
    const found = { ...UNSEEN, keyWay: records.find(isRecord)?.way ?? null };
    const page = readFirstPage(file);
    const keys = openRecords(records.filter(isRecord));
    const key = keys.find(one => fitsFirstPage(page, one));
    if (keys.length === 0) return { ...found, ...withoutKey(records, configDir, file) };
    return { ...found, ...(key === undefined ? { state: 'wrong-key' } : withKey(file, key, configDir)) };
  } catch (error) {
    return { ...UNSEEN, ...failure(error) };
  }
}

/** A log without its database is no empty store. */
function orphan(file: string): Partial<Inspection> {
  const log = [`${file}-wal`, `${file}-journal`].find(hasBytes);
  return log === undefined ? {} : { state: 'not-a-store', problem: `${log} is there, but its database is missing.` };
}

/** Reading keys as the program does would close their files to others. */
function lookAtKeys(configDir: string): Found[] {
  return [keyFile(configDir), nextKeyFile(configDir)].map(file =>
    existsSync(file) ? parseRecord(readFileSync(file, 'utf8')) : 'missing',
  );
}

function withoutKey(records: Found[], configDir: string, file: string): Partial<Inspection> {
  const state = records.some(record => isRecord(record) || record === 'newer') ? 'key-locked' : 'no-key';
  return { state, problem: missingKey(records, keyFile(configDir), file).message };
}

function withKey(file: string, key: string, configDir: string): Partial<Inspection> {
  const badPages = findBadPages(file, key);
  if (badPages.length > 0) return { state: 'damaged', badPages };
  const inside = lookInside(file, key);
  return { badPages, ...inside, isKeyChangePending: inside.isKeyChangePending === true || hasNextKey(configDir) };
}

function failure(error: unknown): Partial<Inspection> {
  const problem = error instanceof Error ? error.message : String(error);
  if (error instanceof OffRecordError) return { state: 'not-a-store', problem };
  const code = systemCode(error);
  if (code === undefined) throw error;
  return { state: /^SQLITE_(NOTADB|CORRUPT)/.test(code) ? 'damaged' : 'unreadable', problem: code };
}
