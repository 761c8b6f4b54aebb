import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLI, Home, SAMPLES } from '../cli.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

/** Runs a shell script in a desktop session of its own, with a keychain that is unlocked. */
function inSession(script: string): { status: number | null; stdout: string; stderr: string } {
  const runtime = join(home.dir, 'runtime');
  mkdirSync(runtime, { recursive: true });
  chmodSync(runtime, 0o700);
  const env = { ...home.env, OFFRECORD_KEY: '', XDG_RUNTIME_DIR: runtime, NODE: process.execPath, CLI, SAMPLES };
  const setUp = `
    printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    offrecord() { "$NODE" "$CLI" "$@" 2>>"$HOME/notices"; }
    entries() { secret-tool search --all service offrecord 2>/dev/null | grep -c '^secret'; }
  `;
  return spawnSync('dbus-run-session', ['--', 'bash', '-c', setUp + script], { env, encoding: 'utf8' });
}

const tools = ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool'];
const hasKeychain = tools.every(tool => spawnSync('which', [tool]).status === 0);

describe.skipIf(!hasKeychain)('the keychain of the system', () => {
  it('keeps the key of a new store, opens it, and forgets the key with everything else', () => {
    const { stdout } = inSession(`
      offrecord analyze "$SAMPLES/agency-screen.vtt" >/dev/null
      offrecord lock --json | grep '"way"'; entries
      offrecord list | cut -c 1-8
      offrecord purge --all --yes >/dev/null; echo $?; entries
      offrecord lock --json | grep '"way"'
    `);
    // Another key begins after the purge, under another account.
    expect(stdout.split('\n').map(line => line.trim())).toEqual([
      '"way": "keychain",',
      '1',
      '73a78123',
      '0',
      '1',
      '"way": "keychain",',
      '',
    ]);
  });

  it('gives the key up for a passphrase and takes it back', () => {
    const { stdout } = inSession(`
      offrecord analyze "$SAMPLES/agency-screen.vtt" >/dev/null
      OFFRECORD_NEW_PASSPHRASE='four words that differ' offrecord lock --with passphrase >/dev/null; entries
      offrecord list; echo $?
      OFFRECORD_PASSPHRASE='four words that differ' offrecord lock --with keychain --renew >/dev/null; entries
      offrecord list | cut -c 1-8
    `);
    expect(stdout.split('\n')).toEqual(['0', '5', '1', '73a78123', '']);
  });

  it('locks the store where it does not answer any more, and that is said', async () => {
    inSession('offrecord analyze "$SAMPLES/agency-screen.vtt"');
    const ended = await home.start(['list'], { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }).ended;
    expect([ended.code, ended.stdout]).toEqual([5, '']);
    expect(ended.stderr).toMatch(/its key is in the keychain. The keychain does not answer .* Unlock the keychain/);
  });
});
