import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LETTER_NAMES, LETTERS } from '../../src/report/letters/letters.js';
import { openStore } from '../../src/store/store.js';
import { Home } from '../cli.js';
import { halfDismissed } from '../report/hostile.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const { id } = halfDismissed().call;

function keepCall(): void {
  const store = openStore(home.storeDir, join(home.dir, 'config', 'offrecord'));
  store.save(halfDismissed());
  store.close();
}

async function lastEvent(): Promise<{ event: string; call: string }> {
  return JSON.parse((await home.run('privacy', '--json')).stdout).log.at(-1);
}

describe('advise', () => {
  it('tells what to say and do about the flags of this call, as text and as data', async () => {
    keepCall();
    const { code, stdout, stderr } = await home.run('advise', id.slice(0, 5));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/Asked to record you {2}high\n {2}0:00 {2}“May I record this\?”\n/);
    expect(stdout).toMatch(/Say: {2}“I’d rather not be recorded/);
    expect(stdout).toContain(`offrecord advise ${id} --letter no-recording`);
    expect(stdout).toMatch(/United States: federal law.*/);
    expect(stdout).not.toMatch(/Rushed you|by tonight/);
    expect(await lastEvent()).toMatchObject({ event: 'read', call: id });
    const document = JSON.parse((await home.run('advise', id, '--json')).stdout);
    expect(document).toMatchObject({
      ...{ schema: 'offrecord.advice/1', call: { id, file: 'half.wav' }, level: 'ask', nothing: null },
      flags: [{ label: 'recording-request', moments: [{ start: 0, quote: 'May I record this?' }] }],
    });
  });

  it.each(LETTER_NAMES)('writes a letter: %s', async name => {
    keepCall();
    const text = LETTERS[name].write(halfDismissed());
    const printed = await home.run('advise', id, '--letter', name);
    expect([printed.code, printed.stdout]).toEqual([0, text]);
    expect(printed.stderr).toMatch(/Fill in what stands in \[brackets\].*No legal advice.*a purge can’t delete it/s);
    expect(await lastEvent()).toMatchObject({ event: 'exported-letter', call: id });
    const document = JSON.parse((await home.run('advise', id, '--letter', name, '--json')).stdout);
    expect(document).toMatchObject({ schema: 'offrecord.letter/1', letter: name, text, call: { id } });
    expect(document.notes.length).toBeGreaterThan(3);
  });

  it('puts a letter into a file that a purge deletes too, and replaces none unasked', async () => {
    keepCall();
    const [letter, advice] = ['letter.txt', 'advice.txt'].map(name => join(home.dir, name));
    const written = await home.run('advise', id, '--letter', 'access', '-o', letter ?? '');
    expect(written.code).toBe(0);
    expect(written.stdout).toMatch(/^Written: 1 file, .*\n.*letter\.txt/);
    expect(written.stderr).toMatch(/Fill in what stands in \[brackets\]/);
    expect(readFileSync(letter ?? '', 'utf8')).toBe(LETTERS.access.write(halfDismissed()));
    if (process.platform !== 'win32') expect(statSync(letter ?? '').mode & 0o777).toBe(0o600);
    const again = await home.run('advise', id, '--letter', 'policy', '-o', letter ?? '');
    expect([again.code, again.stdout]).toEqual([1, '']);
    const replaced = await home.run('advise', id, '--letter', 'policy', '-o', letter ?? '', '--force', '--json');
    expect(JSON.parse(replaced.stdout)).toMatchObject({ letter: 'policy', file: { path: letter, calls: [id] } });
    expect((await home.run('advise', id, '-o', advice ?? '')).code).toBe(0);
    expect(readFileSync(advice ?? '', 'utf8')).toMatch(/Say: {2}“I’d rather not be recorded/);
    expect((await home.run('purge', id, '--yes')).stdout.match(/deleted the export/g)).toHaveLength(2);
    expect(readdirSync(home.dir).sort()).toEqual(['config', 'data']);
  });

  it.each([
    [
      'a letter that is none',
      [id, '--letter', 'angry'],
      2,
      /Allowed choices are access, deletion, no-recording, policy/,
    ],
    ['no call', [], 2, /missing required argument 'id'/],
    ['an unknown call', ['ffff'], 1, /No call “ffff” is kept/],
  ])('is refused for %s', async (_, args, exit, sentence) => {
    keepCall();
    const { code, stdout, stderr } = await home.run('advise', ...args);
    expect([code, stdout, stderr]).toEqual([exit, '', expect.stringMatching(sentence)]);
  });

  it('has nothing to say before the first call, and makes no store', async () => {
    const { code, stderr } = await home.run('advise', id);
    expect([code, stderr]).toEqual([1, expect.stringContaining('No calls are kept yet')]);
    expect(existsSync(home.storeDir)).toBe(false);
  });
});
