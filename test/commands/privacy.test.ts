import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Home, SAMPLES } from '../cli.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const AGENCY = join(SAMPLES, 'agency-screen.vtt');
const WORDS = ['passport', 'Wexcombe', 'agency-screen', 'Denise'];

/** A day as the program names days, in UTC. */
function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

async function privacy(...args: string[]) {
  return JSON.parse((await home.run('privacy', '--json', ...args)).stdout);
}

describe('offrecord privacy', () => {
  it('tells where things would be before there are any, and makes none', async () => {
    const { code, stdout } = await home.run('privacy');
    expect(code).toBe(0);
    expect(stdout).toContain(home.storeDir);
    expect(stdout).toContain('None of it has been made yet.');
    expect(readdirSync(home.dir)).toEqual([]);
  });

  it('tells what is kept, how it is locked, and what was done with it, in no word of a call', async () => {
    const { stderr } = await home.run('analyze', AGENCY, '--company', 'Wexcombe Staffing');
    const id = /as ([0-9a-f]{8}) in/.exec(stderr)?.[1] ?? '';
    await home.run('show', id);
    await home.run('list');
    const document = await privacy();
    expect(document).toMatchObject({
      schema: 'offrecord.privacy/1',
      store: home.storeDir,
      lock: { key: 'file' },
      retention: { days: 90, kept: 0, expired: 0, next: daysFromNow(91) },
      kept: { calls: 1, unfinished: 0, oldest: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
      network: { everyCommand: [], modelsPull: ['huggingface.co', '*.huggingface.co', '*.hf.co'] },
    });
    expect(document.kept.utterances).toBeGreaterThan(10);
    expect(document.kept).toMatchObject({ searchable: document.kept.utterances, isPurgePending: false });
    expect(document.kept.bytes).toBeGreaterThan(4096);
    expect(document.places.map(({ mode }: { mode: string }) => mode)).toEqual(['700', '600', '700', '600']);
    expect(document.log.map(({ command, event, call }: Record<string, string>) => [command, event, call])).toEqual([
      ['analyze', 'analyzed', id],
      ['show', 'read', id],
      ['list', 'listed', null],
    ]);
    const { stdout } = await home.run('privacy');
    expect(stdout).toContain(`1 call with ${document.kept.utterances} utterances`);
    expect(stdout).toMatch(new RegExp(`Z {2}show {7}read {15}${id}$`, 'm'));
    for (const word of WORDS) expect(stdout + JSON.stringify(document)).not.toContain(word);
  });

  it('shows the last 20 entries, and all with --log', async () => {
    await home.run('analyze', AGENCY);
    await Promise.all(Array.from({ length: 5 }, () => home.run('list')));
    for (let n = 0; n < 4; n++) await Promise.all(Array.from({ length: 4 }, () => home.run('list')));
    expect((await privacy()).log).toHaveLength(20);
    const all = (await privacy('--log')).log;
    expect([all.length, all[0].event]).toEqual([22, 'analyzed']);
  });

  it('begins the log anew when everything is purged', async () => {
    await home.run('analyze', AGENCY);
    await home.run('purge', '--all', '--yes');
    const { log, kept } = await privacy();
    expect(log.map(({ command, event, call }: Record<string, string>) => [command, event, call])).toEqual([
      ['purge', 'purged', null],
      ['purge', 'key-changed', null],
    ]);
    expect(kept).toMatchObject({ calls: 0, oldest: null });
  });

  it.skipIf(process.platform === 'win32')('says what was open to others before it closes it', async () => {
    await home.run('analyze', AGENCY);
    chmodSync(home.storeDir, 0o755);
    expect((await home.run('privacy')).stdout).toMatch(/755 {2}\S+store {2}folder, was OPEN TO OTHERS, closed now/);
    expect((await home.run('privacy')).stdout).not.toContain('OPEN');
  });

  it.skipIf(!hasUnshare())(
    'gives a command that proves it: an analysis works where there is no network at all',
    async () => {
      const [, proof] = (await privacy()).network.proofs;
      const line = proof.command.replace('offrecord', '"$@"').replace('call.m4a', `'${AGENCY}'`);
      const program = [process.execPath, join(SAMPLES, '..', 'dist', 'cli.js')];
      const out = execFileSync('sh', ['-c', line, 'sh', ...program], {
        env: home.env,
        encoding: 'utf8',
        stdio: 'pipe',
      });
      expect(out).toContain('Asked for identity or money data');
    },
  );
});

/** Whether this computer lets a user have a space without a network. */
function hasUnshare(): boolean {
  try {
    execFileSync('unshare', ['--map-root-user', '--net', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
