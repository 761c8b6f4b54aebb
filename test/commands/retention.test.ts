import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { Home, SAMPLES } from '../cli.js';
import { reportOf } from '../store/reports.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const DAY_MS = 24 * 3600 * 1000;
const AGENCY = join(SAMPLES, 'agency-screen.vtt');
const AGES = [1, 10, 80, 100];
const idOf = (age: number): string => reportOf(`age ${age}`).call.id;

/** Saves one call of each age in days where the program of this test looks for them. */
function keepCalls(): void {
  const store = openStore(home.storeDir, join(home.dir, 'config', 'offrecord'));
  for (const age of AGES)
    store.save(reportOf(`age ${age}`, { analyzedAt: new Date(Date.now() - age * DAY_MS).toISOString() }));
  store.close();
}

async function agesListed(): Promise<{ ages: number[]; stderr: string }> {
  const { stdout, stderr } = await home.run('list', '--json');
  const files = JSON.parse(stdout).calls.map(({ file }: { file: string }) => Number(/\d+/.exec(file)?.[0]));
  return { ages: files, stderr };
}

describe('retention', () => {
  it.each<[args: string[], days: number | null, stay: number[]]>([
    [[], 90, [1, 10, 80]],
    [['90'], 90, [1, 10, 80]],
    [['5'], 5, [1]],
    [['30'], 30, [1, 10]],
    [['200'], 200, AGES],
    [['off'], null, AGES],
  ])('%j keeps calls for %j days', async (args, days, stay) => {
    keepCalls();
    const set = await home.run('retention', ...args, '--json');
    const expired = AGES.length - stay.length;
    expect(JSON.parse(set.stdout)).toMatchObject({ schema: 'offrecord.retention/1', days, kept: 0, expired });
    expect(set.stderr).toBe('');
    const { ages, stderr } = await agesListed();
    expect(ages).toEqual(stay);
    const sentence = `Purged, because it is more than ${days} days since the analysis: ${expired} ${expired === 1 ? 'call' : 'calls'}. `;
    if (expired === 0) expect(stderr).toBe('');
    else expect(stderr).toMatch(new RegExp(`^${sentence}.*\\n$`));
    expect(await agesListed()).toEqual({ ages: stay, stderr: '' });
  });

  it('is said in words, with what is about to go', async () => {
    keepCalls();
    expect((await home.run('retention', '30')).stdout).toMatch(
      /itself 30 days after its analysis.*\nOlder already.*: 2\./,
    );
    expect((await home.run('retention', 'off')).stdout).toMatch(/^Calls stay until you purge them/);
    expect((await agesListed()).ages).toEqual(AGES);
  });

  it('can be asked for where nothing is kept, and set before there is anything', async () => {
    expect(JSON.parse((await home.run('retention', '--json')).stdout)).toMatchObject({ days: 90, expired: 0 });
    expect(existsSync(home.storeDir)).toBe(false);
    await home.run('retention', '7');
    expect(JSON.parse((await home.run('retention', '--json')).stdout)).toMatchObject({ days: 7 });
  });

  it.each(['0', '-1', '1.5', 'never', '36501', ''])('refuses “%s” and changes nothing', async value => {
    const { code, stderr } = await home.run('retention', '--', value);
    expect(code).toBe(2);
    expect(stderr).toContain(`“${value}” is neither a number of days from 1 to 36500 nor off.`);
    expect(existsSync(home.storeDir)).toBe(false);
  });

  it.each([
    ['show', [idOf(1)]],
    ['search', ['record']],
    ['purge', [idOf(10), '--yes']],
  ])('works in `%s`, too', async (command, args) => {
    keepCalls();
    const { code, stderr } = await home.run(command, ...args);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Purged, because .*: 1 call\. .*\n$/);
    expect((await agesListed()).ages).not.toContain(100);
  });

  it('leaves a call that has expired to a `purge` that names it', async () => {
    keepCalls();
    const planned = await home.run('purge', '--all', '--dry-run', '--json');
    expect(JSON.parse(planned.stdout).calls).toHaveLength(AGES.length);
    const purged = await home.run('purge', idOf(100), '--yes', '--json');
    expect(JSON.parse(purged.stdout)).toMatchObject({ outcome: 'purged', calls: [{ id: idOf(100) }] });
    expect(purged.stderr).toBe('');
  });

  it('works in `analyze`, and the first report that is kept tells of it', async () => {
    const first = await home.run('analyze', AGENCY);
    expect(first.stderr).toMatch(/purges itself 90 days after its analysis.*offrecord retention DAYS\|off/);
    keepCalls();
    const next = await home.run('analyze', AGENCY);
    expect(next.stderr).toMatch(/Purged, because .*: 1 call\./);
    expect(next.stderr).not.toMatch(/90 days after its analysis/);
  });
});

describe('keep', () => {
  it('pins a call that would go, until it is undone', async () => {
    keepCalls();
    const pinned = await home.run('keep', idOf(100).slice(0, 6), '--json');
    expect(JSON.parse(pinned.stdout)).toEqual({ schema: 'offrecord.keep/1', id: idOf(100), kept: true });
    expect(await agesListed()).toEqual({ ages: AGES, stderr: '' });
    expect((await home.run('list')).stdout).toMatch(/age 100\.wav · pinned\n/);
    expect(JSON.parse((await home.run('show', idOf(100), '--json')).stdout).call.kept).toBe(true);
    const undone = await home.run('keep', idOf(100), '--undo');
    expect(undone.stdout).toContain(`${idOf(100)} is no longer pinned: it stays for 90 days`);
    expect((await agesListed()).ages).toEqual([1, 10, 80]);
  });

  it('does not keep a call from `purge`', async () => {
    keepCalls();
    await home.run('keep', idOf(1));
    expect((await home.run('purge', idOf(1), '--yes')).code).toBe(0);
    expect((await agesListed()).ages).toEqual([10, 80]);
  });

  it('says when there is no such call', async () => {
    expect(await home.run('keep', 'zz')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No calls are kept yet'),
    });
    keepCalls();
    expect(await home.run('keep', 'zz')).toMatchObject({ code: 1, stderr: expect.stringContaining('No call “zz”') });
  });
});
