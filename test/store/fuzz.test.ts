import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { newPlace } from './place.js';
import { startChild } from './process.js';
import { reportOf } from './reports.js';

const MUTANTS = 1000;
const SCRIPT = fileURLToPath(new URL('open-mutants.ts', import.meta.url));

test(`${MUTANTS} damaged stores are opened or refused in a sentence, without a crash and without a further change`, async () => {
  const place = newPlace();
  const store = openStore(place.dir, place.configDir);
  for (let n = 0; n < 12; n++) store.save(reportOf(`call ${n}`));
  store.close();
  // Killed: its log stays beside the database, so that the log is damaged too.
  await (await startChild('hold-after-save', place)).kill();
  const ended = spawnSync(process.execPath, ['--import', 'tsx', SCRIPT, place.dir, place.configDir, String(MUTANTS)], {
    encoding: 'utf8',
  });
  expect({ ...ended, pid: 0, output: [] }).toMatchObject({ status: 0, signal: null, stderr: '' });
  const { opened, refused, wrong } = JSON.parse(ended.stdout) as Record<string, unknown>;
  expect(wrong).toEqual([]);
  expect(Number(opened) + Number(refused)).toBe(MUTANTS);
  expect(opened).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(MUTANTS / 4);
}, 600_000);
