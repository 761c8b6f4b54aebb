import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Home, SAMPLES } from '../cli.js';

let home: Home;
let id: string;
beforeEach(async () => {
  home = new Home();
  const { stderr } = await home.run('analyze', join(SAMPLES, 'agency-screen.vtt'));
  id = /as ([0-9a-f]{8}) in/.exec(stderr)?.[1] ?? '';
});
afterEach(() => home.remove());

async function json(...args: string[]): Promise<Record<string, never>> {
  return JSON.parse((await home.run(...args, '--json')).stdout);
}

describe('edit', () => {
  it('changes what is said of a call, and list and show follow', async () => {
    const note = 'Rang me from a private number.';
    const edited = await home.run('edit', id, '--company', 'Wexcombe', '--date', '2026-11-27', '--note', note);
    expect(edited.stdout).toContain(`${id} is changed:`);
    expect(edited.stdout).toMatch(/note {5}Rang me/);
    expect((await home.run('list')).stdout).toMatch(/2026-11-27 .*Wexcombe .*with a note/);
    expect((await home.run('show', id)).stdout).toContain(`Your note: ${note}`);
    expect((await home.run('export', id, '--format', 'json')).stdout).not.toContain(note);
    expect(await json('edit', id, '--note', '')).toMatchObject({ company: 'Wexcombe', note: null });
  });

  it.each([
    [[], 2, /Say what to change/],
    [['--date', 'monday'], 2, /not a day like/],
  ])('refuses %j', async (args, code, sentence) => {
    const ended = await home.run('edit', id, ...args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(sentence);
  });
});

describe('dismiss', () => {
  it('shows the flags with their numbers, takes one out of what counts, and brings it back', async () => {
    const listed = await json('dismiss', id);
    const flags = listed.flags as unknown as { id: number; label: string }[];
    const money = flags.filter(({ label }) => label === 'identity-or-money');
    expect(money.length).toBeGreaterThan(0);
    for (const flag of money) await home.run('dismiss', id, String(flag.id));
    const now = await home.run('dismiss', id);
    expect(now.stdout).toContain('(dismissed: a false alarm)');
    expect((await home.run('show', id)).stdout).not.toContain('Asked for identity or money data');
    for (const flag of money) await home.run('dismiss', id, String(flag.id), '--undo');
    expect(await json('dismiss', id)).toEqual(listed);
  });

  it('says that a flag stays dismissed when the recording is analysed again', async () => {
    await home.run('dismiss', id, '0');
    const again = await home.run('analyze', join(SAMPLES, 'agency-screen.vtt'));
    expect(again.stderr).toContain('One flag that you dismissed before stays dismissed.');
  });

  it.each([
    ['99', 1, /no flag number 99/],
    ['first', 2, /not the number of a flag/],
  ])('refuses flag %s', async (flag, code, sentence) => {
    const ended = await home.run('dismiss', id, flag);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(sentence);
  });
});
