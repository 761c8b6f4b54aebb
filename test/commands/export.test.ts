import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS } from '../../src/report/formats.js';
import { openStore } from '../../src/store/store.js';
import { Home } from '../cli.js';
import { canaryReport, flagOf, pieceOf, reportOf } from '../store/reports.js';

let home: Home;
let folder: string;
beforeEach(() => {
  home = new Home();
  folder = join(home.dir, 'exported');
  mkdirSync(folder);
});
afterEach(() => home.remove());

const CANARY = canaryReport().call.id;
const [ONE, TIMELESS] = [reportOf('one').call.id, reportOf('timeless').call.id];
const SPOKEN = ['canarytext', 'canaryquote', 'canarycompany'];

/** Saves calls where the program of this test looks for them. */
function keepCalls(...reports: ReturnType<typeof reportOf>[]): void {
  const store = openStore(home.storeDir, join(home.dir, 'config', 'offrecord'));
  for (const report of reports) store.save(report);
  store.close();
}

function timeless() {
  const utterances = [{ id: 0, ...pieceOf('Do you mind if I record?'), start: null, end: null }];
  return reportOf('timeless', {}, { utterances, flags: [flagOf({ start: null, end: null })] });
}

/** Every byte in a folder, with the names of the files. */
function bytesIn(place: string): string {
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return files.map(file => file + readFileSync(file, 'latin1')).join('\n');
}

function canariesIn(place: string): string[] {
  const bytes = bytesIn(place);
  return SPOKEN.filter(canary => bytes.includes(canary));
}

const exportTo = (path: string, ...args: string[]) => home.run('export', ...args, '-o', path);

describe('export', () => {
  it.each(FORMAT_NAMES)('writes a call as %s, to a file for its owner alone or to standard output', async format => {
    keepCalls(canaryReport());
    const path = join(folder, 'call');
    const { code, stdout, stderr } = await exportTo(path, CANARY.slice(0, 6), '--format', format);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Written: 1 file, .*\n.*exported\/call .*\n.*plain text, not encrypted/);
    expect(stdout).toMatch(/deleted too, unless you change or move it/);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('canarytext number 199');
    expect(text).toBe(FORMATS[format].render(JSON.parse((await home.run('show', CANARY, '--json')).stdout)));
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const printed = await home.run('export', CANARY, '--format', format);
    expect(printed.stdout).toBe(text);
    expect(printed.stderr).toMatch(/a purge can’t delete it/);
  });

  it('gives a call as one document, where it is not to go into a file', async () => {
    keepCalls(reportOf('one'));
    const { stdout, stderr } = await home.run('export', ONE, '--format', 'srt', '--json');
    const content = FORMATS.srt.render(reportOf('one'));
    expect(JSON.parse(stdout)).toEqual({ schema: 'offrecord.export/1', format: 'srt', call: ONE, content });
    expect(stderr).toMatch(/a purge can’t delete it/);
  });

  it('puts many calls into one table, one document, or a file each', async () => {
    keepCalls(reportOf('one'), canaryReport());
    const run = async (path: string, ...args: string[]) => JSON.parse((await exportTo(path, '--json', ...args)).stdout);
    const table = await run(join(folder, 'all.csv'), '--all', '--format', 'csv');
    expect(table).toMatchObject({ schema: 'offrecord.export/1', format: 'csv', failures: [] });
    expect(table.files).toMatchObject([{ path: join(folder, 'all.csv'), calls: [CANARY, ONE].sort(byAge) }]);
    expect((await run(join(folder, 'all.json'), ONE, CANARY, '--format', 'json')).files).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8')).reports).toHaveLength(2);
    await run(`${join(folder, 'tables')}/`, '--all', '--format', 'csv');
    await run(join(folder, 'pages'), '--all', '--format', 'html');
    await run(folder, ONE, '--format', 'md');
    const files = readdirSync(folder, { recursive: true })
      .map(String)
      .filter(name => name.includes('.'))
      .sort();
    expect(files).toEqual(
      [
        ...['all.csv', 'all.json', `${ONE}.md`],
        ...[ONE, CANARY].flatMap(id => [join('tables', `${id}.csv`), join('pages', `${id}.html`)]),
      ].sort(),
    );
  });

  const byAge = (a: string, b: string): number => [CANARY, ONE].sort().indexOf(a) - [CANARY, ONE].sort().indexOf(b);

  it('replaces nothing unless told to, and then forgets nothing that is left', async () => {
    keepCalls(canaryReport(), reportOf('one'));
    const path = join(folder, `${CANARY}.md`);
    writeFileSync(path, 'mine');
    for (const args of [[CANARY], ['--all']]) {
      const { code, stderr } = await exportTo(folder, ...args, '--format', 'md');
      expect([code, stderr]).toEqual([1, expect.stringMatching(/is there already, so nothing was exported.*--force/)]);
    }
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['mine', [`${CANARY}.md`]]);
    expect((await exportTo(folder, '--all', '--format', 'md', '--force')).code).toBe(0);
    expect(canariesIn(folder)).toEqual(['canarytext', 'canaryquote', 'canarycompany']);
    await home.run('purge', CANARY, '--yes');
    expect(readdirSync(folder)).toEqual([`${ONE}.md`]);
  });

  it('writes the others where one can’t be shown in the format', async () => {
    keepCalls(reportOf('one'), timeless());
    const { code, stdout, stderr } = await exportTo(folder, '--all', '--format', 'srt');
    expect([code, readdirSync(folder)]).toEqual([3, [`${ONE}.srt`]]);
    expect(stdout).toContain('Written: 1 file');
    expect(stderr).toMatch(new RegExp(`The call ${TIMELESS} has no words with times.*\n.*1 of 2 calls could not`));
    expect((await home.run('export', TIMELESS, '--format', 'vtt', '-o', join(folder, 'x.vtt'))).code).toBe(1);
    expect(readdirSync(folder)).toEqual([`${ONE}.srt`]);
  });

  it.each([
    ['no call', ['--format', 'csv'], 2, /Say which calls/],
    ['a call and all', [ONE, '--all', '--format', 'csv'], 2, /Say which calls/],
    ['no format', [ONE], 2, /required option '--format/],
    ['a format that is none', [ONE, '--format', 'pdf'], 2, /Allowed choices are json, csv, md, html, srt, vtt/],
    ['many calls nowhere', [ONE, CANARY, '--format', 'csv'], 2, /Say where several calls shall go/],
    [
      'many calls to one page',
      [ONE, CANARY, '--format', 'html', '-o', 'all.html'],
      2,
      /name a folder, such as -o all\//,
    ],
    ['an unknown call', ['ffff', '--format', 'csv'], 1, /No call “ffff” is kept/],
    ['a folder that is not there', [ONE, '--format', 'csv', '-o', 'none/x.csv'], 1, /folder .*none is not there/],
  ])('is refused for %s, and makes nothing', async (_, args, exit, sentence) => {
    keepCalls(reportOf('one'), canaryReport());
    const { code, stdout, stderr } = await home.run('export', ...args);
    expect([code, stdout, stderr]).toEqual([exit, '', expect.stringMatching(sentence)]);
    expect(readdirSync(home.dir).sort()).toEqual(['config', 'data', 'exported']);
  });

  it('has nothing to do before the first call, and makes no store', async () => {
    const { code, stderr } = await exportTo(folder, '--all', '--format', 'csv');
    expect([code, stderr]).toEqual([1, expect.stringContaining('No calls are kept yet')]);
    expect(existsSync(home.storeDir)).toBe(false);
  });

  it('is told by privacy and by its log, without a word of a call', async () => {
    keepCalls(canaryReport());
    await exportTo(join(folder, 'call.csv'), CANARY, '--format', 'csv');
    await exportTo(join(folder, 'gone.csv'), CANARY, '--format', 'csv');
    rmSync(join(folder, 'gone.csv'));
    const { stdout } = await home.run('privacy');
    expect(stdout).toMatch(
      / {2}export {2}\S+call\.csv {2}\d.*, 1 call, \d{4}-\d\d-\d\d, plain text, goes with a purge/,
    );
    expect(stdout).toMatch(/ {2}export {2}\S+gone\.csv .*not there any more/);
    const document = JSON.parse((await home.run('privacy', '--json')).stdout);
    expect(document.exports.map(({ state }: { state: string }) => state)).toEqual(['there', 'missing']);
    expect(document.log.at(-1)).toMatchObject({
      command: 'export',
      event: 'exported-csv',
      call: CANARY,
      utterances: 200,
    });
    for (const word of SPOKEN) expect(stdout + JSON.stringify(document)).not.toContain(word);
  });
});

describe('a purge of an exported call', () => {
  it('shows the exports in its plan, deletes them, and leaves no planted word', async () => {
    keepCalls(canaryReport(), reportOf('one'));
    for (const format of FORMAT_NAMES) await exportTo(folder, CANARY, '--format', format);
    await exportTo(join(folder, 'both.csv'), '--all', '--format', 'csv');
    expect(canariesIn(folder)).toEqual(SPOKEN);
    expect(canariesIn(join(home.dir, 'data'))).toEqual([]);
    const planned = await home.run('purge', CANARY, '--dry-run');
    expect(planned.stdout.match(/an export goes too: /g)).toHaveLength(7);
    expect(planned.stdout).toMatch(/both\.csv \(.*with 1 other call in it that stays here\)/);
    expect(readdirSync(folder)).toHaveLength(7);
    const { code, stdout } = await home.run('purge', CANARY, '--yes');
    expect(code).toBe(0);
    expect(stdout.match(/deleted the export: /g)).toHaveLength(7);
    expect([readdirSync(folder), canariesIn(home.dir)]).toEqual([[], []]);
    expect(JSON.parse((await home.run('privacy', '--json')).stdout).exports).toEqual([]);
  });

  it('names what was changed or moved, looks into it, and fails while words are left there', async () => {
    keepCalls(canaryReport());
    const [changed, moved] = ['changed.md', 'moved.md'].map(name => join(folder, name));
    for (const path of [changed ?? '', moved ?? '']) await exportTo(path, CANARY, '--format', 'md');
    writeFileSync(changed ?? '', `${readFileSync(changed ?? '', 'utf8')}my own notes`);
    rmSync(moved ?? '');
    const plan = JSON.parse((await home.run('purge', CANARY, '--dry-run', '--json')).stdout);
    expect(plan.exports.map(({ state }: { state: string }) => state)).toEqual(['changed', 'missing']);
    const { code, stdout, stderr } = await home.run('purge', CANARY, '--yes');
    expect(stdout).toContain(`an export stays, as it is another file now; delete it yourself: ${changed}`);
    expect(stdout).toContain(`an export is not there any more; if you moved it, delete it yourself: ${moved}`);
    expect(stdout).toContain(`kept, as it is another file now: ${changed}`);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`parts are still in ${changed}`)]);
    expect(canariesIn(join(home.dir, 'data'))).toEqual([]);
    expect(stdout + stderr).not.toMatch(/canarytext|canaryquote/);
  });

  it('by age takes exports along, and says so', async () => {
    keepCalls(reportOf('one', { analyzedAt: '2020-01-01T00:00:00.000Z', kept: true }));
    expect((await exportTo(folder, ONE, '--format', 'md')).stdout).toMatch(/purged, by you, or after 90 days/);
    await home.run('keep', ONE, '--undo');
    expect((await home.run('list')).stderr).toMatch(
      /more than 90 days since the analysis: 1 call, and 1 file exported/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of everything takes all exports along', async () => {
    keepCalls(canaryReport(), reportOf('one'));
    await exportTo(folder, '--all', '--format', 'html');
    await exportTo(join(folder, 'all.json'), '--all', '--format', 'json');
    const { code, stdout } = await home.run('purge', '--all', '--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).exports.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
      Array.from({ length: 3 }, () => 'deleted'),
    );
    expect([readdirSync(folder), canariesIn(home.dir)]).toEqual([[], []]);
  });

  it('is finished by the next command after a kill at any moment', async () => {
    let cutOff = 0;
    for (let n = 0; n < 8; n++) {
      keepCalls(canaryReport());
      await exportTo(join(folder, `${n}.json`), CANARY, '--format', 'json', '--force');
      const { child, ended } = home.start(['purge', CANARY, '--yes']);
      await Promise.race([ended, sleep(60 + 110 * n)]);
      child.kill('SIGKILL');
      const { code } = await ended;
      if (code === null) cutOff++;
      const isKept = (await home.run('list')).stdout.includes(CANARY);
      expect(canariesIn(folder)).toEqual(isKept ? SPOKEN : []);
    }
    expect(cutOff).toBeGreaterThan(0);
    await home.run('purge', '--all', '--yes');
    expect(canariesIn(home.dir)).toEqual([]);
  });
});
