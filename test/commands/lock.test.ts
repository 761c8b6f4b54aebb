import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLI, type Ended, Home, SAMPLES } from '../cli.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const CALL = join(SAMPLES, 'agency-screen.vtt');
const OLD = 'four quiet old words';
const NEW = 'four quiet new words';
/** No bus to a keychain, and nothing said about keys. */
const BARE = { OFFRECORD_KEY: '', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', XDG_RUNTIME_DIR: '/nowhere' };

function runWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  return home.start(args, env).ended;
}

function keyPath(): string {
  return join(home.dir, 'config', 'offrecord', 'store.key');
}

async function wayNow(): Promise<string | null> {
  return JSON.parse((await home.run('lock', '--json')).stdout).way;
}

describe('the first call that is kept', () => {
  it.skipIf(process.platform !== 'linux')('needs a choice in a script without a keychain', async () => {
    const { code, stdout, stderr } = await runWith(BARE, 'analyze', CALL);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /No keychain can be used here.* OFFRECORD_KEY=file .*store\.key.* OFFRECORD_PASSPHRASE.* --no-save/,
    );
    expect([existsSync(home.storeDir), existsSync(keyPath())]).toEqual([false, false]);
    expect((await runWith(BARE, 'analyze', '--no-save', CALL)).code).toBe(0);
    expect((await runWith(BARE, 'lock', '--with', 'file')).code).toBe(0);
    expect((await runWith(BARE, 'analyze', CALL)).code).toBe(0);
    expect(await wayNow()).toBe('file');
  });

  it('is asked for nothing where the file is not there', async () => {
    const { code, stdout, stderr } = await runWith(BARE, 'analyze', CALL, 'wrong-name.mp3');
    expect([code, stdout, stderr]).toEqual([1, '', 'offrecord: There is no file wrong-name.mp3. Check the name.\n']);
    expect(existsSync(home.storeDir)).toBe(false);
  });

  it('is locked with a passphrase that the environment gives', async () => {
    expect((await runWith({ OFFRECORD_KEY: '', OFFRECORD_PASSPHRASE: OLD }, 'analyze', CALL)).code).toBe(0);
    expect(await wayNow()).toBe('passphrase');
    expect((await runWith({ OFFRECORD_PASSPHRASE: OLD }, 'list')).stdout).toContain('agency-screen.vtt');
  });

  it.each([
    [{ ...BARE, OFFRECORD_KEY: 'keychain' }, 1, /The keychain does not answer/],
    [{ OFFRECORD_KEY: 'passphrase' }, 2, /A new passphrase is needed/],
    [{ OFFRECORD_KEY: 'passphrase', OFFRECORD_PASSPHRASE: 'short' }, 2, /fewer than 8 characters/],
    [{ OFFRECORD_KEY: 'paper' }, 2, /OFFRECORD_KEY is “paper”/],
  ])('is not analysed at all where the key can’t be kept: %j', async (env, code, sentence) => {
    if (env.OFFRECORD_KEY === 'keychain' && process.platform !== 'linux') return;
    const ended = await runWith(env, 'analyze', CALL);
    expect([ended.code, ended.stdout]).toEqual([code, '']);
    expect(ended.stderr).toMatch(sentence);
    expect(existsSync(home.storeDir)).toBe(false);
  });
});

describe('lock', () => {
  it('makes an empty store with a lock before anything is kept', async () => {
    expect(await wayNow()).toBeNull();
    expect((await runWith({ OFFRECORD_PASSPHRASE: OLD }, 'lock', '--with', 'passphrase')).code).toBe(0);
    expect((await runWith({ OFFRECORD_PASSPHRASE: OLD }, 'analyze', CALL)).code).toBe(0);
    expect(await wayNow()).toBe('passphrase');
  });

  it('changes from a file to a passphrase, to another one with a new key, and back', async () => {
    await home.run('analyze', CALL);
    const bare = readFileSync(keyPath(), 'utf8');
    const locked = await runWith({ OFFRECORD_PASSPHRASE: OLD }, 'lock', '--with', 'passphrase');
    expect(locked).toMatchObject({ code: 0, stderr: expect.stringContaining('--renew') });
    const changed = await runWith(
      { OFFRECORD_PASSPHRASE: OLD, OFFRECORD_NEW_PASSPHRASE: NEW },
      ...['lock', '--with', 'passphrase', '--renew', '--json'],
    );
    expect(JSON.parse(changed.stdout)).toMatchObject({
      schema: 'offrecord.lock/1',
      way: 'passphrase',
      changed: true,
      renewed: true,
    });
    expect((await runWith({ OFFRECORD_PASSPHRASE: OLD }, 'list')).code).toBe(5);
    expect((await runWith({ OFFRECORD_PASSPHRASE: NEW }, 'lock', '--with', 'file')).code).toBe(0);
    expect(readFileSync(keyPath(), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
    expect(readFileSync(keyPath(), 'utf8')).not.toBe(bare);
    expect((await home.run('list')).stdout).toContain('agency-screen.vtt');
  });

  it('refuses without or with a wrong passphrase in a sentence, code 5, and leaves all as it is', async () => {
    await runWith({ OFFRECORD_PASSPHRASE: OLD, OFFRECORD_KEY: 'passphrase' }, 'analyze', CALL);
    const before = readFileSync(keyPath(), 'utf8');
    const rows: [NodeJS.ProcessEnv, string[], RegExp][] = [
      [{}, ['list'], /locked with a passphrase, and none was given/],
      [{ OFFRECORD_PASSPHRASE: 'not this one' }, ['list'], /the passphrase does not unlock/],
      [{ OFFRECORD_PASSPHRASE: 'not this one' }, ['lock', '--with', 'file'], /the passphrase does not unlock/],
      [{ OFFRECORD_PASSPHRASE: 'not this one' }, ['retention', '7'], /the passphrase does not unlock/],
      [{ OFFRECORD_PASSPHRASE: 'not this one' }, ['purge', '--company', 'x'], /the passphrase does not unlock/],
      [{ OFFRECORD_PASSPHRASE: 'not this one' }, ['analyze', CALL], /the passphrase does not unlock/],
    ];
    for (const [env, args, sentence] of rows) {
      const ended = await runWith(env, ...args);
      expect([args[0], ended.code, ended.stdout]).toEqual([args[0], 5, '']);
      expect(ended.stderr).toMatch(sentence);
      expect(ended.stderr).not.toContain('not this one');
    }
    expect(readFileSync(keyPath(), 'utf8')).toBe(before);
    expect((await runWith({ OFFRECORD_PASSPHRASE: OLD }, 'list')).stdout).toContain('agency-screen.vtt');
  });

  it('takes the passphrase from a file descriptor', async () => {
    await runWith({ OFFRECORD_PASSPHRASE: OLD, OFFRECORD_KEY: 'passphrase' }, 'analyze', CALL);
    writeFileSync(join(home.dir, 'secret'), `${OLD}\n`);
    const command = `OFFRECORD_PASSPHRASE_FD=3 exec '${process.execPath}' '${CLI}' list 3< secret`;
    expect((await shell(['-c', command], [])).out).toContain('agency-screen.vtt');
    expect((await runWith({ OFFRECORD_PASSPHRASE_FD: '77' }, 'list')).code).toBe(2);
  });

  it('says one sentence where no key is there to renew, or the way is unknown', async () => {
    expect(await home.run('lock', '--renew')).toMatchObject({ code: 1, stderr: expect.stringContaining('no key') });
    expect(await home.run('lock', '--with', 'paper')).toMatchObject({ code: 2 });
  });

  it('explains a damaged key instead of calling the store empty', async () => {
    await home.run('analyze', CALL);
    writeFileSync(keyPath(), 'x');
    expect(await home.run('lock')).toMatchObject({ code: 5, stderr: expect.stringContaining('is damaged') });
  });
});

describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/script'))('at a terminal', () => {
  it('asks which way, shows no passphrase, and lets one mistake pass', async () => {
    const first = await terminal(
      ['lock', '--with', 'passphrase'],
      [
        ['New passphrase: ', `${OLD}\r`],
        ['once more: ', `${OLD}\r`],
      ],
    );
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('locked with your passphrase') });
    const list = await terminal(
      ['list'],
      [
        ['of your store: ', 'a mistake\r'],
        ['Passphrase: ', `${OLD}x\u007f\r`],
      ],
    );
    expect(list).toMatchObject({ code: 0, out: expect.stringContaining('No calls are kept yet') });
    for (const { out } of [first, list]) expect(out).not.toMatch(/quiet|mistake/);
  });

  it('asks how to keep the key where no keychain answers', async () => {
    const { code, out } = await terminal(['analyze', CALL], [['Type 1 or 2: ', '2\r']]);
    expect([code, out]).toEqual([0, expect.stringContaining('Saved, encrypted')]);
    expect(await wayNow()).toBe('file');
  });

  it('stops at Ctrl-C and has changed nothing', async () => {
    const { code } = await terminal(['analyze', CALL], [['Type 1 or 2: ', '\u0003']]);
    expect([code, existsSync(keyPath())]).toEqual([130, false]);
  });

  function terminal(
    args: string[],
    answers: [question: string, answer: string][],
  ): Promise<{ code: number; out: string }> {
    const command = [process.execPath, CLI, ...args].map(word => `'${word}'`).join(' ');
    return shell(['-c', `script -qec "${command}" /dev/null`], answers);
  }
});

/** Runs a shell command and answers its questions as they come. */
function shell(args: string[], answers: [question: string, answer: string][]): Promise<{ code: number; out: string }> {
  const child = spawn('sh', args, { cwd: home.dir, env: { ...home.env, ...BARE } });
  const said = { out: '', answered: 0 };
  const hear = (text: Buffer): void => {
    said.out += text;
    const [next] = answers;
    if (!next || !said.out.slice(said.answered).includes(next[0])) return;
    answers.shift();
    said.answered = said.out.length;
    child.stdin.write(next[1]);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise(resolve => child.on('close', code => resolve({ code: code ?? -1, out: said.out })));
}
