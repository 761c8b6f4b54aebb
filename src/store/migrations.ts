import { OffRecordError } from '../errors.js';
import { AUDIT_LOG_SCHEMA } from './audit-log.js';
import type { Database } from './connect.js';
import { SEARCH_SCHEMA } from './search-schema.js';

/** One step of the schema. */
export interface Migration {
  name: string;
  sql: string;
}

/** All steps, oldest first. Only ever append: stores in the field know the earlier ones by name. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'calls',
    // A call's `number` is fixed for good, as other tables and a search index may point to it; `id` is what people type.
    sql: `
      create table calls (
        number integer primary key,
        id text not null unique,
        sha256 text not null unique,
        file text not null,
        date text,
        company text,
        role text,
        duration real,
        verdict text not null,
        recording_flags integer not null,
        pressure_flags integer not null,
        ip_harvesting_flags integer not null,
        data_harvesting_flags integer not null,
        utterance_count integer not null,
        flag_count integer not null,
        analyzed_at text not null,
        kept integer not null,
        revision integer not null,
        report text not null
      ) strict`,
  },
  {
    name: 'checkpoints',
    sql: `
      create table checkpoints (
        sha256 text not null,
        settings text not null,
        window_key text not null,
        pieces text not null,
        saved_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        primary key (sha256, settings, window_key)
      ) strict`,
  },
  { name: 'search', sql: SEARCH_SCHEMA },
  { name: 'settings', sql: 'create table settings (name text primary key, value text not null) strict' },
  {
    name: 'recordings',
    // A doomed recording is one whose call is deleted already, and whose file a purge has still to delete.
    sql: `
      alter table calls add column recording_path text;
      alter table calls add column words_deleted_at text;
      create table doomed_recordings (
        path text not null,
        sha256 text not null,
        primary key (path, sha256)
      ) strict`,
  },
  { name: 'audit-log', sql: AUDIT_LOG_SCHEMA },
  {
    name: 'exports',
    // While a file is being written it has a draft, and no hash before it is whole. A call can't be deleted while its exports
    // are remembered: a purge must doom them first.
    sql: `
      create table exports (
        number integer primary key,
        path text not null,
        draft text,
        sha256 text,
        bytes integer,
        exported_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
      ) strict;
      create table export_calls (
        export integer not null references exports (number) on delete cascade,
        call integer not null references calls (number),
        primary key (export, call)
      ) strict;
      create index exports_of_call on export_calls (call);
      create table doomed_exports (
        number integer primary key,
        path text not null,
        sha256 text
      ) strict`,
  },
  {
    name: 'calls-in-brief',
    // All that a list or a count reads of a call: beside its report it would take a page for every other call.
    sql: `
      create index calls_in_brief on calls (
        company, date, analyzed_at, verdict, recording_flags, pressure_flags, ip_harvesting_flags, data_harvesting_flags,
        id, file, role, duration, kept, revision
      )`,
  },
  {
    name: 'notes',
    // Apart from the report: a note is for the candidate alone, and stays when the recording is analysed again.
    sql: `
      create table notes (
        call integer primary key references calls (number) on delete cascade,
        note text not null
      ) strict`,
  },
];

/**
 * Brings a store to the newest schema; each step is applied and recorded in one transaction.
 * @throws OffRecordError `store-locked` for a store with steps that this program does not know; nothing is changed
 */
export function migrate(db: Database, steps: readonly Migration[] = MIGRATIONS): void {
  const applied = appliedSteps(db);
  const unknown = findUnknownStep(db, steps);
  if (unknown !== undefined) {
    const sentence = `The store ${db.name} was made by a newer offrecord (it has “${unknown}”). Update offrecord to open it.`;
    throw new OffRecordError('store-locked', sentence);
  }
  for (const step of steps) if (!applied.has(step.name)) apply(db, step);
}

/** The name of a step that a newer program has applied, if any. Only looks. */
export function findUnknownStep(db: Database, steps: readonly Migration[] = MIGRATIONS): string | undefined {
  return [...appliedSteps(db)].find(name => !steps.some(step => step.name === name));
}

function appliedSteps(db: Database): Set<string> {
  const isThere = db.prepare("select 1 from sqlite_master where type = 'table' and name = 'migrations'").get();
  if (!isThere) return new Set();
  return new Set(db.prepare('select name from migrations').pluck().all() as string[]);
}

function apply(db: Database, { name, sql }: Migration): void {
  const step = db.transaction(() => {
    db.exec('create table if not exists migrations (name text primary key) strict');
    // Another process may have been quicker since the steps were read.
    if (appliedSteps(db).has(name)) return;
    db.exec(sql);
    db.prepare('insert into migrations (name) values (?)').run(name);
  });
  step.immediate();
}
