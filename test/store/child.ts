import fs, { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { renderMarkdown } from '../../src/report/markdown.js';
import { type Lock, openStore, type Store } from '../../src/store/store.js';
import { canaryReport, pieceOf, reportOf } from './reports.js';

/** A process beside the test: `child.ts JOB DIR CONFIG_DIR`. Says a line on stdout for each thing that is done. */
const [job = '', dir = '', configDir = '', ...rest] = process.argv.slice(2);
const LONG_TEXT = 'We record all our calls, everyone is fine with it. '.repeat(400);

const JOBS: Record<string, () => void> = {
  'save-for-ever': saveForEver,
  'migrate-once': migrateOnce,
  'renew-for-ever': renewForEver,
  'purge-once': purgeOnce,
  'purge-canaries': purgeCanaries,
  'export-for-ever': exportForEver,
  'export-too-much': exportTooMuch,
  'hold-after-save': holdAfterSave,
  'change-lock': changeLock,
};
JOBS[job]?.();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function saveForEver(): void {
  const store = openStore(dir, configDir);
  say('ready');
  for (let n = 0; ; n++) {
    const name = `${process.pid}-${n}`;
    const { id } = store.save(reportOf(name, {}, { utterances: [{ id: 0, ...pieceOf(LONG_TEXT) }] }));
    say(id);
  }
}

function migrateOnce(): void {
  say('ready');
  openStore(dir, configDir).close();
  say('done');
  setInterval(() => undefined, 1000);
}

function renewForEver(): void {
  const store = openStore(dir, configDir);
  say('ready');
  for (;;) {
    store.renewKey();
    say('renewed');
  }
}

/** Saves a call full of canaries and purges it, each time in another way; a line for each step that is done. */
function purgeCanaries(): void {
  const store = openStore(dir, configDir);
  const canary = canaryReport();
  const recording = join(dir, '..', 'canaryfile.wav');
  const ways: (() => unknown)[] = [
    () => store.purge([canary.call.id]),
    () => store.purge([canary.call.id], { transcriptsOnly: true }),
    () => store.purge([canary.call.id], { withRecordings: true }),
    () => store.purgeAll(),
    () => store.purgeAll({ withRecordings: true }),
  ];
  say('ready');
  for (let n = 0; ; n++) {
    writeFileSync(recording, 'canaryfile');
    store.save(canary, recording);
    store.saveCheckpoint(canary.call.sha256, 'settings', 'window', [pieceOf('canarycheckpoint and more')]);
    exportCanary(store);
    say('saved');
    ways[n % ways.length]?.();
    say('purged');
  }
}

/** Exports a call full of canaries into the folder beside the store, again and again. */
function exportForEver(): void {
  const store = openStore(dir, configDir);
  store.save(canaryReport());
  say('ready');
  for (;;) {
    exportCanary(store);
    say('exported');
  }
}

/** Exports more than there is room for. */
function exportTooMuch(): void {
  const store = openStore(dir, configDir);
  store.save(canaryReport());
  say('ready');
  const path = join(dir, '..', 'too-much.bin');
  store.exportTo({ path, kind: 'clip', ids: [canaryReport().call.id], force: false }, function* () {
    for (;;) yield Buffer.alloc(1 << 20, 'canarytext ');
  });
}

function exportCanary(store: Store): void {
  const path = join(dir, '..', 'exported.md');
  store.exportTo({ path, kind: 'md', ids: [canaryReport().call.id], force: true }, function* (reports) {
    for (const report of reports) yield* renderMarkdown(report).split(/(?<=\n)/);
  });
}

function purgeOnce(): void {
  const store = openStore(dir, configDir);
  store.purgeAll();
  store.close();
  say('ready');
}

/** Saves one call while new files would be open to everyone, and keeps the store open. */
function holdAfterSave(): void {
  process.umask(0);
  openStore(dir, configDir).save(reportOf(`call of ${process.pid}`));
  say('ready');
  setInterval(() => undefined, 1000);
}

/** Changes the lock to `LOCK`, and is killed just before the step number `STEP` of its work on files. */
function changeLock(): void {
  const [lock = '', step = ''] = rest;
  const store = openStore(dir, configDir);
  killAtStep(Number(step));
  store.changeLock(JSON.parse(lock) as Lock);
  say('ready');
}

function killAtStep(last: number): void {
  let step = 0;
  for (const name of [
    'openSync',
    'writeSync',
    'fsyncSync',
    'closeSync',
    'renameSync',
    'rmSync',
    'chmodSync',
  ] as const) {
    const original = fs[name] as (...args: unknown[]) => unknown;
    Reflect.set(fs, name, (...args: unknown[]) => {
      if (++step === last) process.kill(process.pid, 'SIGKILL');
      return original(...args);
    });
  }
  syncBuiltinESMExports();
}
