import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Home, SAMPLES } from '../cli.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const AGENCY = join(SAMPLES, 'agency-screen.vtt');

describe('without a terminal', () => {
  it('says so, and shows the list as text', async () => {
    const nothing = await home.run();
    expect(nothing).toMatchObject({
      code: 0,
      stdout: 'No calls are kept yet. Analyse one with: offrecord analyze FILE\n',
    });
    expect(nothing.stderr).toMatch(/^This is no terminal/);
    await home.run('analyze', AGENCY);
    const [bare, list] = [await home.run('ui'), await home.run('list')];
    expect(bare.stdout).toBe(list.stdout);
  });

  it('gives the list as JSON', async () => {
    await home.run('analyze', AGENCY);
    expect(JSON.parse((await home.run('ui', '--json')).stdout).calls).toHaveLength(1);
  });

  it('refuses to open what is not kept', async () => {
    const ended = await home.run('analyze', AGENCY, '--open', '--no-save');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('--open shows a call that is kept');
  });
});

describe('ui --plain', () => {
  /** Types lines into the plain UI and gives all that it says. */
  async function say(...lines: string[]): Promise<string> {
    const { child, ended } = home.start(['ui', '--plain'], {}, `${lines.join('\n')}\n`);
    expect(child.pid).toBeGreaterThan(0);
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    return stdout;
  }

  it('leads through a call by numbers and keys, without a single control character', async () => {
    await home.run('analyze', AGENCY);
    const text = await say('1', 'n', 'd', '', 'e', 'Wexcombe', '', '', 'a note', '?', '', 'q');
    expect(text).toMatch(/1\. .*agency-screen\.vtt, 3:22, think about leaving, 5 flags/);
    expect(text).toMatch(/1\. 1:31, Asked for identity or money data, critical/);
    expect(text).toContain('Keeps or shares your data  high');
    expect(text).toContain('Dismissed: it counts no more.');
    expect(text).toMatch(/Wexcombe, 3:22, .*4 flags/);
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(JSON.parse((await home.run('list', '--json')).stdout).calls).toMatchObject([
      { company: 'Wexcombe', note: 'a note' },
    ]);
  });

  it('analyses a file, and deletes the call', async () => {
    const text = await say('o', AGENCY);
    expect(text).toContain('Being analysed');
    const { calls } = JSON.parse((await home.run('list', '--json')).stdout);
    expect(calls.length).toBeLessThanOrEqual(1);
    await home.run('analyze', AGENCY);
    const deleted = await say('D', 'delete', '', 'q');
    expect(deleted).toContain('found none');
    expect(JSON.parse((await home.run('list', '--json')).stdout).calls).toEqual([]);
  });
});
