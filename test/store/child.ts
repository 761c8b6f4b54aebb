import { openStore } from '../../src/store/store.js';
import { pieceOf, reportOf } from './reports.js';

/** A process beside the test: `child.ts JOB DIR CONFIG_DIR`. Says a line on stdout for each thing that is done. */
const [job = '', dir = '', configDir = ''] = process.argv.slice(2);
const LONG_TEXT = 'We record all our calls, everyone is fine with it. '.repeat(400);

const JOBS: Record<string, () => void> = {
  'save-for-ever': saveForEver,
  'purge-for-ever': purgeForEver,
  'purge-once': purgeOnce,
  'hold-after-save': holdAfterSave,
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

function purgeForEver(): void {
  const store = openStore(dir, configDir);
  say('ready');
  for (;;) {
    store.save(reportOf('again'));
    store.purgeAll();
    say('purged');
  }
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
