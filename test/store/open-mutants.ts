import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OffRecordError } from '../../src/errors.js';
import { inspectStore } from '../../src/store/inspect.js';
import { openStore } from '../../src/store/store.js';
import { mutate, randomFrom } from './mutate.js';

/** A process beside the test, as a crash of SQLite would take the test along: `open-mutants.ts DIR CONFIG_DIR COUNT`. */
const [dir = '', configDir = '', count = ''] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), 'offrecord-mutants-'));
const found = { opened: 0, refused: 0, wrong: [] as string[] };
try {
  for (let seed = 0; seed < Number(count); seed++) openMutant(seed);
  process.stdout.write(JSON.stringify(found));
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** Damages one file of a copy, looks at the copy as `doctor` does, and opens it and reads all of it as other commands do. */
function openMutant(seed: number): void {
  const [store, config] = [join(root, String(seed), 'store'), join(root, String(seed), 'config')];
  cpSync(dir, store, { recursive: true });
  cpSync(configDir, config, { recursive: true });
  const random = randomFrom(seed);
  const paths = [store, config].flatMap(folder => readdirSync(folder).map(name => join(folder, name))).sort();
  const path = paths[random(paths.length)] as string;
  writeFileSync(path, mutate(readFileSync(path), random));
  const before = hashOf(paths);
  try {
    inspectStore(store, config);
    if (hashOf(paths) !== before) found.wrong.push(`${seed}: the look changed a file`);
    readAll(store, config);
    found.opened++;
  } catch (error) {
    found.refused++;
    if (!(error instanceof OffRecordError)) found.wrong.push(`${seed} ${path}: ${error}`);
    else if (error.message.includes('Nothing was changed') && hashOf(paths) !== before)
      found.wrong.push(`${seed} ${path}: refused, but changed (${error.message})`);
  }
  rmSync(join(root, String(seed)), { recursive: true });
}

function readAll(store: string, config: string): void {
  const opened = openStore(store, config);
  try {
    for (const { id } of opened.list()) opened.get(id);
    opened.search({ phrases: ['record'], limit: 10 });
    opened.kept();
    opened.log();
  } finally {
    opened.close();
  }
}

function hashOf(paths: string[]): string {
  const hash = createHash('sha256');
  // What SQLite makes anew from the log is no content.
  for (const path of paths.filter(one => !one.endsWith('-shm')))
    hash.update(existsSync(path) ? readFileSync(path) : 'missing');
  return hash.digest('hex');
}
