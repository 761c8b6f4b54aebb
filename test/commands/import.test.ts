import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/types.js';
import { Home, SAMPLES } from '../cli.js';
import { halfDismissed } from '../report/hostile.js';
import { reportOf } from '../store/reports.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const NOW = new Date().toISOString();
const fresh = (name: string): Report => reportOf(name, { analyzedAt: NOW });

function fileOf(name: string, text: string): string {
  const path = join(home.dir, name);
  writeFileSync(path, text);
  return path;
}

const lines = (...documents: object[]): string => documents.map(one => `${JSON.stringify(one)}\n`).join('');

async function listed(): Promise<{ file: string; revision: number }[]> {
  const { calls } = JSON.parse((await home.run('list', '--json')).stdout);
  return calls.map(({ file, revision }: { file: string; revision: number }) => ({ file, revision }));
}

describe('import', () => {
  it('keeps what analyze and batch --json --no-save print, as if it had been analysed here', async () => {
    const agency = join(SAMPLES, 'agency-screen.vtt');
    const one = await home.run('analyze', agency, '--no-save', '--json', '--company', 'Wexcombe');
    const many = await home.run('batch', agency, join(SAMPLES, 'hiring-manager.srt'), '--no-save', '--json');
    expect(existsSync(home.storeDir)).toBe(false);
    const { code, stdout, stderr } = await home.run(
      'import',
      fileOf('one.json', one.stdout),
      fileOf('many.jsonl', many.stdout),
    );
    expect([code, stdout]).toEqual([
      0,
      'Imported: 3 reports, 1 of them as new revisions of calls that were kept already. See them: offrecord list.\n',
    ]);
    expect(stderr).toMatch(/This is the first report kept on this computer.*purges itself 90 days/s);
    expect((await listed()).sort((a, b) => a.revision - b.revision)).toEqual([
      { file: 'hiring-manager.srt', revision: 1 },
      { file: 'agency-screen.vtt', revision: 2 },
    ]);
    const { id } = JSON.parse(one.stdout).call;
    const shown = JSON.parse((await home.run('show', id, '--json')).stdout);
    const [line = ''] = many.stdout.split('\n');
    expect(shown).toEqual({ ...JSON.parse(line), call: { ...JSON.parse(line).call, company: 'Wexcombe' } });
    expect((await home.run('search', 'passport')).stdout).toContain('«passport»');
  });

  it('reads again what export wrote, dismissed flags too, and prints one document', async () => {
    const reports = [halfDismissed(), reportOf('other')].map(report => ({
      ...report,
      call: { ...report.call, analyzedAt: NOW },
    }));
    const first = await home.run('import', fileOf('in.jsonl', lines(...reports)), '--json');
    expect(JSON.parse(first.stdout)).toEqual({
      schema: 'offrecord.import/1',
      reports: reports.map(({ call: { id } }) => ({ id, revision: 1 })),
    });
    const path = join(home.dir, 'all.json');
    expect((await home.run('export', '--all', '--format', 'json', '-o', path)).code).toBe(0);
    const elsewhere = join(home.dir, 'elsewhere');
    expect((await home.run('import', path, '--store', elsewhere)).code).toBe(0);
    const { id } = halfDismissed().call;
    const shown = await home.run('show', id, '--json', '--store', elsewhere);
    expect(JSON.parse(shown.stdout)).toEqual(reports[0]);
  });

  it('says what will purge itself at once, and takes pinned calls as pinned', async () => {
    const old = reportOf('old', { analyzedAt: '2020-01-01T00:00:00.000Z' });
    const pinned = reportOf('pinned', { analyzedAt: '2020-01-01T00:00:00.000Z', kept: true });
    const { stderr } = await home.run('import', fileOf('in.jsonl', lines(old, pinned)));
    expect(stderr).toMatch(/1 call of what is kept now is older than 90 days/);
    expect(await listed()).toEqual([{ file: 'pinned.wav', revision: 1 }]);
  });

  const sound = (): string => JSON.stringify(fresh('sound'));
  const without = (field: string): string => JSON.stringify({ ...fresh('bad'), [field]: undefined });

  it.each<[what: string, text: () => string, sentence: RegExp]>([
    ['no JSON', () => 'secretword', /bad\.json is not JSON, so nothing was imported/],
    ['an empty file', () => '', /is not JSON/],
    ['something else', () => '[1, "secretword"]', /bad\.json, line 1, is no report of offrecord, so/],
    [
      'a list',
      () => '{ "schema": "offrecord.list/1", "calls": [] }',
      /is no report of offrecord that this version knows/,
    ],
    ['a field missing', () => without('timings'), /is no sound report: “timings” is missing or of another kind/],
    [
      'a field too many',
      () => JSON.stringify({ ...fresh('bad'), secretword: 1 }),
      /the report has a field that no report has/,
    ],
    ['a wrong value', () => sound().replace('"score":0.9', '"score":9'), /“flags\.0\.score” is too big/],
    ['a contradiction', () => sound().replace('"span":[0,24]', '"span":[0,99]'), /“flags\.0\.span” is not within/],
    ['a bad line among good ones', () => `${sound()}\n${sound()}\n{"secretword"\n`, /bad\.json, line 3, is not JSON/],
    ['a line that is cut off', () => `${sound()}\n${sound().slice(0, -40)}`, /line 2, is not JSON/],
    [
      'a bad report in an export',
      () => `{ "schema": "offrecord.reports/1", "reports": [\n${sound()},\n{}] }`,
      /report 2, is no report/,
    ],
  ])('of %s is refused in one sentence without a word of it, and keeps nothing', async (_, text, sentence) => {
    const files = [fileOf('good.json', JSON.stringify(fresh('good'))), fileOf('bad.json', text())];
    const { code, stdout, stderr } = await home.run('import', ...files);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/^offrecord: [^\n]+\n$/);
    expect(stderr).not.toMatch(/secretword|record\?/);
    expect(existsSync(home.storeDir)).toBe(false);
  });

  it.each([
    ['a missing file', ['none.json'], 1, /There is no file none\.json/],
    ['a folder', ['folder'], 1, /folder is not a file/],
    ['nothing', [], 2, /missing required argument/],
  ])('of %s is refused', async (_, args, exit, sentence) => {
    mkdirSync(join(home.dir, 'folder'));
    const { code, stderr } = await home.run('import', ...args);
    expect([code, stderr]).toEqual([exit, expect.stringMatching(sentence)]);
  });

  it('of a batch without reports has nothing to keep', async () => {
    const empty = fileOf('in.jsonl', lines({ schema: 'offrecord.batch/1', files: 1, failed: 1 }));
    expect(await home.run('import', empty)).toMatchObject({ code: 1, stderr: expect.stringContaining('no report in') });
    expect(existsSync(home.storeDir)).toBe(false);
  });

  it('keeps all of a file or nothing of it when it is killed', async () => {
    const count = 60;
    const path = fileOf('in.jsonl', lines(...Array.from({ length: count }, (_, n) => fresh(`call ${n}`))));
    const seen = new Set<number>();
    for (let n = 0; n < 8; n++) {
      const { child, ended } = home.start(['import', path]);
      await Promise.race([ended, sleep(100 + 90 * n)]);
      child.kill('SIGKILL');
      await ended;
      seen.add((await listed()).length);
      await home.run('purge', '--all', '--yes');
    }
    expect([...seen].filter(kept => kept !== 0 && kept !== count)).toEqual([]);
    expect((await home.run('import', path)).code).toBe(0);
    expect(await listed()).toHaveLength(count);
  });
});
