import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wrapKey } from '../../src/store/wrapped-key.js';
import { type Ended, Home, SAMPLES } from '../cli.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

/** Planted in transcript, company, role, file name and note; nowhere else on the computer. */
const CANARIES = ['canarytalk', 'canarycompany', 'canaryrole', 'canaryfile'];
const NOTE = 'canarynote: they sounded kind';
const TALK = `WEBVTT

00:01.000 --> 00:06.000
<v Laura>Hello, thanks for your time. I will record this call with canarytalk, is that all right with you?

00:07.000 --> 00:12.000
<v Sam>No, please do not record me on canarytalk, I would rather not be recorded.

00:13.000 --> 00:19.000
<v Laura>Come on, everyone does this, nobody has ever said no to canarytalk before you.
`;

function plant(): string {
  const path = join(home.dir, 'canaryfile.vtt');
  writeFileSync(path, TALK);
  return path;
}

/** With a folder of its own for temporary files. */
function run(...args: string[]): Promise<Ended> {
  const temp = join(home.dir, 'temp');
  mkdirSync(temp, { recursive: true });
  return home.start(args, { TMPDIR: temp }).ended;
}

async function analyzed(): Promise<{ path: string; id: string }> {
  const path = plant();
  const about = ['--company', 'canarycompany', '--role', 'canaryrole', '--speakers', 'Laura=interviewer,Sam=candidate'];
  const { code, stderr } = await run('analyze', path, ...about);
  expect(code).toBe(0);
  return { path, id: /as ([0-9a-f]{8}) in/.exec(stderr)?.[1] ?? '' };
}

/** All files in folders of the home, as text that holds every byte, with their names; by default what the program keeps. */
function kept(...folders: string[]): string {
  const entries = (folders.length > 0 ? folders : ['data', 'config', 'temp']).flatMap(folder =>
    readdirSync(join(home.dir, folder), { recursive: true, withFileTypes: true }),
  );
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(1);
  return files.map(file => file + readFileSync(file, 'latin1')).join('\n');
}

function canariesIn(text: string): string[] {
  return CANARIES.filter(canary => text.includes(canary));
}

describe('purge', () => {
  it('leaves no planted word in any file, neither before nor after, and proves it', async () => {
    const { path, id } = await analyzed();
    expect((await run('edit', id, '--note', NOTE)).code).toBe(0);
    expect(canariesIn((await run('show', id, '--transcript')).stdout)).toEqual(CANARIES);
    expect((await run('show', id)).stdout).toContain(NOTE);
    expect(kept()).not.toContain('canary');
    const files = ['page.html', 'table.csv'];
    for (const file of files)
      expect((await run('export', id, '--format', file.slice(file.indexOf('.') + 1), '-o', file)).code).toBe(0);
    expect((await run('advise', id, '--letter', 'no-recording', '-o', 'letter.txt')).code).toBe(0);
    expect(canariesIn(files.map(file => readFileSync(join(home.dir, file), 'utf8')).join())).toEqual(CANARIES);
    const plan = await run('purge', id, '--with-recordings', '--dry-run');
    expect(plan.stdout).toMatch(
      /^1 call would be deleted, with 3 utterances and \d flags? \(\d\.\d KB\)\.\n {2}\w{8} {2}/,
    );
    expect(plan.stdout).toContain(`goes too: ${path}`);
    expect([existsSync(path), (await run('show', id)).code]).toEqual([true, 0]);

    const purged = await run('purge', id, '--with-recordings', '--yes');
    expect(purged.code).toBe(0);
    expect(purged.stdout).toMatch(/Then looked for \d{2,} fragments of it, and found none:/);
    expect(purged.stdout).toMatch(/\d{2,} values of \d+ tables and all its pages/);
    expect(purged.stdout).toMatch(/raw bytes of 2 files .*\n.*offrecord\.db.*\n.*store\.key/);
    expect(purged.stdout).toMatch(/Not in reach of this program: backups/);
    expect(existsSync(path)).toBe(false);
    expect(kept('.')).not.toContain('canary');
  });

  it('of the words keeps the statistics, and show says what is gone', async () => {
    const { path, id } = await analyzed();
    const before = JSON.parse((await home.run('list', '--json')).stdout);
    expect((await home.run('purge', '--company', 'CanaryCompany', '--transcripts-only', '--yes')).code).toBe(0);
    expect(JSON.parse((await home.run('list', '--json')).stdout)).toEqual(before);
    const { stdout } = await home.run('show', id, '--transcript');
    expect(stdout).toMatch(/The words of this call were deleted on \d{4}-\d\d-\d\d/);
    expect(stdout).toMatch(/Asked to record you {2}high, \d\d %/);
    expect(stdout).toMatch(/0:07 {2}you said no: recording you/);
    expect(stdout).not.toMatch(/canarytalk|“”|weighed most|Transcript\n/);
    expect(existsSync(path)).toBe(true);
    const again = await home.run('purge', id, '--transcripts-only', '--yes');
    expect([again.code, again.stdout]).toEqual([0, 'Nothing fits, so there is nothing to delete.\n']);
    expect((await home.run('purge', id, '--transcripts-only', '--with-recordings', '--yes')).code).toBe(0);
    expect(existsSync(path)).toBe(false);
    expect((await home.run('show', id, '--transcript')).stdout).toBe(stdout);
  });

  it('prints one document with plan, counts and proof', async () => {
    const { path, id } = await analyzed();
    writeFileSync(path, `${TALK}\nchanged`);
    const planned = JSON.parse((await home.run('purge', id, '--with-recordings', '--dry-run', '--json')).stdout);
    expect(planned).toMatchObject({ outcome: 'planned', recordings: [{ id, path, state: 'changed' }] });
    const done = JSON.parse((await home.run('purge', id, '--with-recordings', '--yes', '--json')).stdout);
    expect(done).toMatchObject({
      schema: 'offrecord.purge/1',
      outcome: 'purged',
      calls: [{ id, file: 'canaryfile.vtt', company: 'canarycompany', utterances: 3 }],
      recordings: [{ path, outcome: 'changed' }],
      counts: { calls: 1, utterances: 3 },
      proof: { inside: { found: [] }, files: { found: [] } },
    });
    expect(done.proof.fragments).toBeGreaterThan(10);
    expect(existsSync(path)).toBe(true);
  });

  it('fails and says where, when a part is still there', async () => {
    const { path, id } = await analyzed();
    const left = join(home.storeDir, 'copy.txt');
    copyFileSync(path, left);
    const { code, stdout, stderr } = await home.run('purge', id, '--yes');
    expect(code).toBe(1);
    expect(stdout).toContain('and found some');
    expect(stderr).toContain(`parts are still in ${left}`);
    expect(canariesIn(stderr)).toEqual([]);
  });

  it.each([
    ['nothing', [], /Say what to delete/],
    ['only how', ['--transcripts-only', '--with-recordings', '--yes'], /Say what to delete/],
    ['an empty company', ['--company', ' ', '--yes'], /name is empty/],
    ['an age that is none', ['--older-than', '0d', '--yes'], /“0d” is not a number of days/],
    ['everything and a filter', ['--all', '--older-than', '30d', '--yes'], /not both/],
    ['everything and an id', ['--all', 'abc', '--yes'], /not both/],
  ])('is refused for %s', async (_, args, sentence) => {
    const { code, stderr } = await home.run('purge', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('takes filters together, and is done where nothing fits', async () => {
    const { id } = await analyzed();
    await home.run('analyze', join(SAMPLES, 'hiring-manager.srt'), '--date', '2020-05-01', '--company', 'Other');
    const run = async (...args: string[]): Promise<{ outcome: string; calls: { file: string }[]; staying: number }> =>
      JSON.parse((await home.run('purge', '--yes', '--json', ...args)).stdout);
    expect(await run('--older-than', '30d', '--company', 'canarycompany')).toMatchObject({ outcome: 'nothing' });
    expect(await run(id, '--older-than', '30d')).toMatchObject({ outcome: 'nothing', staying: 2 });
    expect(await run('--older-than', '30d')).toMatchObject({ calls: [{ file: 'hiring-manager.srt' }], staying: 1 });
    expect((await home.run('show', id)).code).toBe(0);
  });
});

describe('purge --all', () => {
  it.each([
    ['a lost key', (key: string) => rmSync(key), /store\.key is missing/],
    ['a wrong key', (key: string) => writeFileSync(key, 'ab'.repeat(32)), /does not fit/],
    [
      'a passphrase that nobody knows',
      (key: string) => writeFileSync(key, wrappedBySomeone()),
      /locked with a passphrase/,
    ],
    ['a keychain that does not answer', (key: string) => writeFileSync(key, IN_KEYCHAIN), /key is in the keychain/],
    ['a log without its database', loseDatabase, /has no database/],
  ])('works with %s, saying that nothing could be read', async (_, spoil, reason) => {
    await analyzed();
    spoil(join(home.dir, 'config', 'offrecord', 'store.key'), join(home.storeDir, 'offrecord.db'));
    const planned = await home.run('purge', '--all', '--dry-run');
    expect(planned.stdout).toMatch(reason);
    expect(planned.stdout).toMatch(/nothing in it could be read/);
    const asked = await home.run('purge', '--all');
    expect([asked.code, readdirSync(home.storeDir).length]).toEqual([2, 1]);
    await home.run('purge', '--all', '--transcripts-only', '--yes');
    const withRecordings = await home.run('purge', '--all', '--with-recordings', '--yes');
    expect(withRecordings).toMatchObject({ code: 5, stderr: expect.stringMatching(/where its recordings lie/) });
    expect(readdirSync(home.storeDir)).toHaveLength(1);
    const purged = await home.run('purge', '--all', '--yes');
    expect(purged.code).toBe(0);
    expect(readdirSync(home.storeDir)).toEqual([]);
    expect(readdirSync(join(home.dir, 'config', 'offrecord'))).toEqual([]);
    expect((await home.run('list')).stdout).toMatch(/No calls are kept yet/);
    const { id } = await analyzed();
    expect((await home.run('show', id)).code).toBe(0);
  });

  const IN_KEYCHAIN = '{"offrecordKey":1,"way":"keychain","account":"0123456789abcdef"}';

  function wrappedBySomeone(): string {
    return JSON.stringify({ offrecordKey: 1, way: 'passphrase', wrapped: wrapKey('ab'.repeat(32), 'nobody knows') });
  }

  function loseDatabase(_: string, database: string): void {
    rmSync(database);
    writeFileSync(`${database}-wal`, 'what a kill left');
  }

  it('proves that nothing is left, and leaves an empty program', async () => {
    const { path } = await analyzed();
    const { code, stdout } = await home.run('purge', '--all', '--yes');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 call would be deleted/);
    expect(stdout).toMatch(/copies of the store in backups can’t be read any more/);
    expect(stdout).toMatch(/and found none/);
    expect(existsSync(path)).toBe(true);
    expect(canariesIn(kept())).toEqual([]);
    expect((await home.run('list')).stdout).toMatch(/No calls are kept yet/);
  });
});
