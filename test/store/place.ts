import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { OffRecordError } from '../../src/errors.js';
import { databaseFile, keyFile } from '../../src/store/store.js';

/** The two folders of a store, gone after the test. */
export interface Place {
  dir: string;
  configDir: string;
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offrecord-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function newPlace(): Place {
  const root = newFolder();
  return { dir: join(root, 'data', 'store'), configDir: join(root, 'config') };
}

/** Path → content of every file of a store. */
export function filesOf({ dir, configDir }: Place): Map<string, Buffer> {
  const paths = [dir, configDir].flatMap(folder => {
    try {
      return readdirSync(folder).map(name => join(folder, name));
    } catch {
      return [];
    }
  });
  return new Map(paths.filter(path => statSync(path).isFile()).map(path => [path, readFileSync(path)]));
}

/** Path → sha256 of every file of a store. */
export function fingerprint(place: Place): Record<string, string> {
  return Object.fromEntries(
    [...filesOf(place)].map(([path, content]) => [path, createHash('sha256').update(content).digest('hex')]),
  );
}

export function keyOf({ configDir }: Place): string {
  return readFileSync(keyFile(configDir), 'utf8').trim();
}

/** A second connection, made without the program's own code. */
export function rawConnection({ dir }: Place, key: string): Sqlite.Database {
  const db = new Sqlite(databaseFile(dir), { fileMustExist: true });
  db.pragma("cipher = 'sqlcipher'");
  db.pragma(`key = "x'${key}'"`);
  return db;
}

/** `ok`, or what SQLite finds wrong in a database. */
export function integrityOf(place: Place): unknown {
  const db = rawConnection(place, keyOf(place));
  const verdict = db.pragma('integrity_check', { simple: true });
  db.close();
  return verdict;
}

/** The error of the program that work throws; fails the test when it throws none or another. */
export function errorOf(work: () => unknown): OffRecordError {
  try {
    work();
  } catch (error) {
    if (error instanceof OffRecordError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
