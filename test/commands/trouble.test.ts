import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseFile, keyFile } from '../../src/store/store.js';
import { CLI, Home, SAMPLES } from '../cli.js';
import { placeOfPageWith } from '../store/pages.js';
import { fingerprint, keyOf, type Place } from '../store/place.js';

const CALL = join(SAMPLES, 'agency-screen.vtt');
const PAGE = 4096;

let home: Home;
beforeEach(async () => {
  home = new Home();
});
afterEach(() => home.remove());

const place = (): Place => ({ dir: home.storeDir, configDir: join(home.dir, 'config', 'offrecord') });

describe('a store that broke', () => {
  const BREAKS: [what: string, spoil: () => void, sentence: RegExp][] = [
    ['a missing key', () => rmSync(keyFile(place().configDir)), /store\.key is missing/],
    ['a database cut short', () => change(bytes => bytes.subarray(0, bytes.length - 100)), /cut short/],
    ['a damaged first page', () => change(bytes => bytes.fill(7, 100, 200)), /does not fit/],
    ['damaged pages behind it', () => change(bytes => bytes.fill(7, PAGE)), /damaged or cut short/],
    ['a damaged page of a report', () => change(bytes => bytes.fill(7, ...pageOfReport())), /it is damaged/],
  ];

  function pageOfReport(): [start: number, end: number] {
    const start = placeOfPageWith('"utterances":[{', place(), keyOf(place()));
    return [start, start + PAGE];
  }

  function change(to: (bytes: Buffer) => Buffer): void {
    const file = databaseFile(home.storeDir);
    writeFileSync(file, to(readFileSync(file)));
  }

  it.each(BREAKS)('by %s gets one sentence and code 5, and is left as it is', async (_, spoil, sentence) => {
    expect((await home.run('analyze', CALL)).code).toBe(0);
    spoil();
    const before = fingerprint(place());
    const ended = await home.run('show', '73a78123');
    expect([ended.code, ended.stdout]).toEqual([5, '']);
    expect(ended.stderr).toMatch(sentence);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(fingerprint(place())).toEqual(before);
    expect((await home.run('doctor')).code).toBe(1);
    expect(fingerprint(place())).toEqual(before);
  });
});

/** A disk of its own, so that it can be full or read-only; not every system lets a user mount one. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

describe.skipIf(!canMount)('a disk', () => {
  /** Runs a shell script where `$DISK` is a disk of 4 MB with a call in its store, and `offrecord` the program. */
  function onDisk(script: string): string[] {
    const disk = join(home.dir, 'disk');
    const setUp = `
      mkdir "$DISK" && mount -t tmpfs -o size=4m tmpfs "$DISK" || exit 99
      offrecord() { "$NODE" "$CLI" "$@" --store "$DISK/store" 2>&1 >"$HOME/out"; echo "code $?"; wc -l <"$HOME/out"; }
      leave() { head -c $(($(df --output=avail "$DISK" | tail -n 1) - $1))k /dev/zero >"$DISK/filling"; }
      offrecord analyze "$CALL" >/dev/null
    `;
    const env = { ...home.env, DISK: disk, NODE: process.execPath, CLI, CALL };
    const ended = spawnSync('unshare', ['-rm', 'bash', '-c', setUp + script], { env, encoding: 'utf8' });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    return ended.stdout.trim().split('\n');
  }

  it('that is full when a report is to be saved: the report is printed, and no call is lost', () => {
    const [sentence, code, lines, ...after] = onDisk(`
      leave 60
      offrecord analyze "${join(SAMPLES, 'hiring-manager.srt')}"
      rm "$DISK/filling"
      offrecord list
    `);
    expect(sentence).toMatch(/^offrecord: The disk is full, so nothing can be saved .* Make room and try again\.$/);
    expect(code).toBe('code 1');
    expect(Number(lines)).toBeGreaterThan(20);
    expect(after).toEqual(['code 0', '1']);
  });

  it('that has no room at all, or is read-only, is told in a sentence', () => {
    const said = onDisk(`
      leave 0
      offrecord list
      rm "$DISK/filling"
      mount -o remount,ro tmpfs "$DISK"
      offrecord list
      offrecord purge --all --yes
      mount -o remount,rw tmpfs "$DISK"
      offrecord list
    `);
    expect(said.filter(line => /^code/.test(line))).toEqual(['code 1', 'code 1', 'code 1', 'code 0']);
    expect(said.filter(line => /The disk is full/.test(line))).toHaveLength(1);
    expect(said.filter(line => /can’t write .* Give yourself the right to write there/.test(line))).toHaveLength(2);
    expect(said.at(-1)).toBe('1');
  });
});
