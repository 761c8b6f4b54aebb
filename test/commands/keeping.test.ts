import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/types.js';
import { Home, SAMPLES } from '../cli.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const AGENCY = join(SAMPLES, 'agency-screen.vtt');
const SPEAKERS = 'Denise Marlow=interviewer,Owen Pryce=candidate';
const CALL = join(SAMPLES, 'recording-request.stereo.wav');

/** All bytes under a folder, as text that keeps every byte. */
function bytesUnder(dir: string): string {
  if (!existsSync(dir)) return '';
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return entries.map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('');
}

describe('a call that is kept', () => {
  it('can be listed, shown and purged, and is nowhere in plain text', async () => {
    const analyzed = await home.run('analyze', AGENCY, '--speakers', SPEAKERS, '--company', 'Wexcombe Staffing');
    expect(analyzed.code).toBe(0);
    expect(analyzed.stdout).toContain('Asked for identity or money data');
    const id = /as ([0-9a-f]{8}) in/.exec(analyzed.stderr)?.[1] ?? '';
    expect(analyzed.stderr).toContain(`offrecord show ${id}`);
    expect(analyzed.stderr).toMatch(/Check before you rely on it/);

    const plain = bytesUnder(home.dir);
    expect(plain.length).toBeGreaterThan(1000);
    for (const word of ['passport', 'Wexcombe', 'agency-screen', 'offrecord.report']) expect(plain).not.toContain(word);

    const list = await home.run('list', '--json');
    expect(JSON.parse(list.stdout)).toMatchObject({
      schema: 'offrecord.list/1',
      calls: [{ id, file: 'agency-screen.vtt', company: 'Wexcombe Staffing', verdict: 'leave' }],
    });
    expect((await home.run('list')).stdout).toContain(`${id}  `);

    const shown = await home.run('show', id.slice(0, 4));
    expect(shown.stdout).toBe(analyzed.stdout);
    const asJson = JSON.parse((await home.run('show', id, '--json')).stdout) as Report;
    expect(asJson.call.id).toBe(id);

    const asked = await home.run('purge', id);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(/--yes/);
    const planned = await home.run('purge', id, '--dry-run');
    expect(planned.stdout).toContain('agency-screen.vtt');
    expect((await home.run('show', id)).code).toBe(0);

    const purged = await home.run('purge', id, '--yes');
    expect(purged.code).toBe(0);
    expect((await home.run('show', id)).code).toBe(1);
    expect(JSON.parse((await home.run('list', '--json')).stdout).calls).toEqual([]);
  });

  it('is one call with a new revision when it is analysed again', async () => {
    await home.run('analyze', AGENCY);
    await home.run('analyze', AGENCY, '--company', 'Wexcombe', '--date', '2026-11-28');
    const again = await home.run('analyze', AGENCY);
    expect(again.stderr).toMatch(/revision 3 of the same recording/);
    expect(again.stderr).not.toMatch(/first report/);
    const { calls } = JSON.parse((await home.run('list', '--json')).stdout);
    expect(calls).toMatchObject([{ company: 'Wexcombe', date: '2026-11-28' }]);
  });

  it('stays readable when another store is purged with its key', async () => {
    const [one, two] = [join(home.dir, 'one'), join(home.dir, 'two')];
    for (const dir of [one, two]) expect((await home.run('analyze', AGENCY, '--store', dir)).code).toBe(0);
    expect((await home.run('purge', '--all', '--yes', '--store', one)).code).toBe(0);
    expect(JSON.parse((await home.run('list', '--json', '--store', two)).stdout).calls).toHaveLength(1);
  });

  it('goes with everything else, and the key with it', async () => {
    await home.run('analyze', AGENCY);
    const key = join(home.dir, 'config', 'offrecord', 'store.key');
    const before = readFileSync(key, 'latin1');
    expect((await home.run('purge', '--all', '--yes')).code).toBe(0);
    expect(readFileSync(key, 'latin1')).not.toBe(before);
    expect((await home.run('list')).stdout).toMatch(/No calls are kept yet/);
    expect((await home.run('analyze', AGENCY)).code).toBe(0);
  });

  it('is not there with --no-save, nor is anything else', async () => {
    const { code, stderr } = await home.run('analyze', AGENCY, '--no-save');
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Nothing was kept (--no-save).\n' });
    expect(readdirSync(home.dir)).toEqual([]);
  });

  it('lies in files that only their owner can read', async () => {
    await home.run('analyze', AGENCY);
    const modes = readdirSync(home.dir, { recursive: true, withFileTypes: true })
      .filter(({ parentPath, name }) => join(parentPath, name).includes('offrecord'))
      .map(entry => [entry.isDirectory(), statSync(join(entry.parentPath, entry.name)).mode & 0o777] as const);
    expect(modes.length).toBeGreaterThanOrEqual(4);
    for (const [isFolder, mode] of modes) expect(mode).toBe(isFolder ? 0o700 : 0o600);
  });
});

describe('analyze --json', () => {
  it('prints one document with the keys of the schema, and notices elsewhere', async () => {
    const { code, stdout, stderr } = await home.run('analyze', AGENCY, '--json', '--no-save', '--speakers', SPEAKERS);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(Object.keys(report)).toEqual([
      'schema',
      'call',
      'models',
      'timings',
      'verdict',
      'notices',
      'utterances',
      'flags',
      'timeline',
    ]);
    expect(Object.keys(report.call)).toEqual([
      'id',
      'file',
      'sha256',
      'duration',
      'channels',
      'date',
      'company',
      'role',
      'analyzedAt',
      'kept',
    ]);
    expect(Object.keys(report.flags[0] ?? {})).toEqual([
      ...['id', 'label', 'family', 'severity', 'score', 'threshold', 'utterance', 'start', 'end'],
      ...['quote', 'span', 'why', 'dismissed'],
    ]);
    for (const { score, threshold } of report.flags) expect(score > threshold && score <= 1).toBe(true);
    expect(stderr).toBe('Nothing was kept (--no-save).\n');
  });
});

describe('an analysis that is stopped', () => {
  /** Starts on a recording and waits until the first window is kept, so that the kill comes in the middle. */
  async function startAndWait(): Promise<ReturnType<Home['start']>> {
    const run = home.start(['analyze', CALL]);
    for (let i = 0; i < 600 && !existsSync(join(home.storeDir, 'offrecord.db')); i++)
      await new Promise(r => setTimeout(r, 50));
    return run;
  }

  it.each([
    ['by Ctrl-C', 'SIGINT', 130],
    ['by a kill', 'SIGKILL', null],
  ] as const)(
    '%s leaves no half-saved call, and goes on the next time',
    async (_, signal, code) => {
      const { child, ended } = await startAndWait();
      child.kill(signal);
      const first = await ended;
      expect(first.code).toBe(code);
      expect(first.stdout).toBe('');
      if (signal === 'SIGINT') expect(first.stderr).toMatch(/^offrecord: Stopped\./);
      expect(JSON.parse((await home.run('list', '--json')).stdout).calls).toEqual([]);
      expect(bytesUnder(home.dir)).not.toMatch(/Bright|conversation/);

      const resumed = JSON.parse((await home.run('analyze', CALL, '--json')).stdout) as Report;
      const fresh = JSON.parse((await home.run('analyze', CALL, '--json', '--no-save')).stdout) as Report;
      expect(resumed.utterances).toEqual(fresh.utterances);
      expect(JSON.parse((await home.run('list', '--json')).stdout).unfinished).toEqual([]);
    },
    180_000,
  );
});

describe('what was heard before a stop', () => {
  it('can be purged by its id', async () => {
    const { child, ended } = home.start(['analyze', CALL]);
    for (let i = 0; i < 600 && !existsSync(join(home.storeDir, 'offrecord.db')); i++)
      await new Promise(r => setTimeout(r, 50));
    child.kill('SIGINT');
    await ended;
    const [stopped] = JSON.parse((await home.run('list', '--json')).stdout).unfinished;
    expect((await home.run('list')).stdout).toContain(`${stopped.id}  stopped in the middle`);
    expect((await home.run('purge', stopped.id, '--yes')).code).toBe(0);
    expect(JSON.parse((await home.run('list', '--json')).stdout).unfinished).toEqual([]);
  });
});

describe('batch', () => {
  function folder(): string {
    const dir = join(home.dir, 'calls');
    mkdirSync(join(dir, 'deeper'), { recursive: true });
    cpSync(AGENCY, join(dir, 'a.vtt'));
    cpSync(join(SAMPLES, 'hiring-manager.srt'), join(dir, 'deeper', 'b.srt'));
    writeFileSync(join(dir, 'broken.wav'), 'no sound');
    writeFileSync(join(dir, 'notes.docx'), 'not a call');
    return dir;
  }

  it('goes on after a bad file, prints a table, and ends with code 3', async () => {
    const { code, stdout, stderr } = await home.run('batch', folder(), '--model', 'nano');
    expect(code).toBe(3);
    expect(stdout).toMatch(/leave .*a\.vtt/);
    expect(stdout).toMatch(/b\.srt/);
    expect(stdout).toMatch(/failed {2}\S+broken\.wav: broken\.wav can’t be read/);
    expect(stdout).toMatch(/2 analysed, 1 failed/);
    expect(stdout).not.toContain('notes.docx');
    expect(stderr).toMatch(/1\/3 .*a\.vtt: leave/);
    expect(JSON.parse((await home.run('list', '--json')).stdout).calls).toHaveLength(2);
  });

  it('prints one report a line, then the counts', async () => {
    const { stdout } = await home.run('batch', folder(), '--model', 'nano', '--json', '--no-save');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.map(({ schema }) => schema)).toEqual([
      'offrecord.report/1',
      'offrecord.report/1',
      'offrecord.batch/1',
    ]);
    expect(lines.at(-1)).toMatchObject({
      files: 3,
      analyzed: 2,
      failed: 1,
      failures: [{ error: expect.stringMatching(/^broken\.wav/) }],
    });
    expect(existsSync(home.storeDir)).toBe(false);
  });

  it.each([
    ['a folder without calls', 'empty', 1, /No recordings or transcripts were found/],
    ['a folder that is not there', 'nowhere', 3, /1 of 1 files could not be analysed/],
  ])('says so for %s', async (_, name, code, sentence) => {
    mkdirSync(join(home.dir, 'empty'));
    const ended = await home.run('batch', join(home.dir, name));
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(sentence);
  });
});

describe('help', () => {
  it.each([['--help'], ['analyze', '--help'], ['models', 'pull', '--help']])('is printed for %j', async (...args) => {
    const { code, stdout } = await home.run(...(args as string[]));
    expect(code).toBe(0);
    expect(stdout).toMatch(/Usage: offrecord/);
  });
});
