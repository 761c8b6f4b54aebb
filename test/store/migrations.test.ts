import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/store/migrations.js';
import { errorOf, newFolder } from './place.js';

const STEPS = [
  { name: 'first', sql: 'create table one (a)' },
  { name: 'second', sql: 'create table two (a); insert into one values (1)' },
];

function newDatabase(): Sqlite.Database {
  return new Sqlite(join(newFolder(), 'some.db'));
}

function tablesOf(db: Sqlite.Database): unknown[] {
  return db.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all();
}

test('a store of any age gets the steps that it lacks, each once', () => {
  const db = newDatabase();
  migrate(db, STEPS.slice(0, 1));
  migrate(db, STEPS);
  migrate(db, STEPS);
  expect(tablesOf(db)).toEqual(['migrations', 'one', 'two']);
  expect(db.prepare('select count(*) from one').pluck().get()).toBe(1);
});

test('a step that fails halfway leaves nothing, and runs whole the next time', () => {
  const db = newDatabase();
  const broken = { name: 'second', sql: 'create table two (a); create table one (a)' };
  expect(() => migrate(db, [...STEPS.slice(0, 1), broken])).toThrow('already exists');
  expect(tablesOf(db)).toEqual(['migrations', 'one']);
  migrate(db, STEPS);
  expect(tablesOf(db)).toEqual(['migrations', 'one', 'two']);
});

test('steps that are not known are refused before anything is changed', () => {
  const db = newDatabase();
  migrate(db, STEPS);
  const error = errorOf(() => migrate(db, [...STEPS.slice(0, 1), { name: 'third', sql: 'create table three (a)' }]));
  expect([error.kind, error.message]).toEqual(['store-locked', expect.stringContaining('“second”')]);
  expect(tablesOf(db)).toEqual(['migrations', 'one', 'two']);
});

test('the names of the steps are the ones that stores in the field know', () => {
  const names = MIGRATIONS.map(({ name }) => name);
  expect(names).toEqual([
    'calls',
    'checkpoints',
    'search',
    'settings',
    'recordings',
    'audit-log',
    'exports',
    'calls-in-brief',
    'notes',
  ]);
});
