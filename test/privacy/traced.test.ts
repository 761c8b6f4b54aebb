import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasSystemFfmpeg } from '../../src/audio/system-ffmpeg.js';
import { CLI, Home, SAMPLES } from '../cli.js';
import { hasTmux, TmuxScreen } from '../tui/tmux.js';
import { GUARD } from './attempt.js';

const home = new Home();
afterAll(() => home.remove());

/** What the system saw of sockets, of this process with all its threads and children. */
function trace(args: string[]): { code: number | null; calls: string } {
  const log = join(home.dir, 'trace');
  const strace = ['-f', '-qq', '-e', 'trace=network', '-e', 'signal=none', '-o', log, process.execPath, ...args];
  const { status, error } = spawnSync('strace', strace, { cwd: home.dir, env: home.env });
  return { code: status, calls: error ? '' : readFileSync(log, 'utf8') };
}

const INTERNET = /AF_INET/;
const canTrace = INTERNET.test(trace(['-e', "require('net').connect(9, '127.0.0.1').on('error', () => {})"]).calls);

const hasFfmpeg = await hasSystemFfmpeg();

/** These share one home, in this order: analysed, listed, shown, purged. */
const RUNS: string[][] = [
  ['analyze', join(SAMPLES, 'recording-request.stereo.wav')],
  ['analyze', join(SAMPLES, 'agency-screen.vtt')],
  ['batch', join(SAMPLES, 'hiring-manager.srt'), join(SAMPLES, 'unpaid-work.mono.mp3')],
  ['list'],
  ['privacy'],
  ['doctor'],
  ['models', 'list', '--measure'],
  ['models', 'verify'],
  ['purge', '--all', '--yes'],
];

describe.skipIf(!canTrace)('as the system sees it (left out where strace is missing or may not trace)', () => {
  it.each(RUNS.map(args => [args.slice(0, 2).join(' ').replace(SAMPLES, ''), args] as const))(
    '%s opens no socket to any network',
    (_, args) => {
      const { code, calls } = trace([CLI, ...args]);
      expect(code).toBe(0);
      expect(calls.split('\n').filter(line => INTERNET.test(line))).toEqual([]);
    },
  );

  it.runIf(hasTmux())('the terminal UI opens none, nor what it starts to analyse a call', async () => {
    const log = join(home.dir, 'trace-ui');
    const screen = new TmuxScreen(home);
    try {
      screen.type(`strace -f -qq -e trace=network -e signal=none -o '${log}' '${process.execPath}' '${CLI}'`);
      screen.press('Enter');
      await screen.see(/o analyse a file/);
      screen.press('o');
      await screen.see(/Analyse a recording/);
      screen.type(join(SAMPLES, 'agency-screen.vtt'));
      screen.press('Enter');
      await screen.see(/first report kept|agency-screen\.vtt .* leave/);
      screen.press('Escape', 'q');
      await screen.see(text => !/analyse a file/.test(text));
    } finally {
      screen.close();
    }
    const calls = readFileSync(log, 'utf8');
    expect(calls).not.toBe('');
    expect(calls.split('\n').filter(line => INTERNET.test(line))).toEqual([]);
  });

  it.runIf(hasFfmpeg)('the FFmpeg of this computer decodes under the guard, and opens none either', () => {
    const [decoder, sound] = [GUARD.replace('privacy/network-guard', 'audio/system-ffmpeg'), RUNS[0]?.[1]];
    const script = `
      await import(${JSON.stringify(GUARD)});
      const { decodeWithSystemFfmpeg } = await import(${JSON.stringify(decoder)});
      const { chunks } = await decodeWithSystemFfmpeg(${JSON.stringify(sound)});
      let samples = 0;
      for await (const chunk of chunks) samples += chunk.length;
      process.exit(samples > 100_000 ? 0 : 1);`;
    const { code, calls } = trace(['--input-type=module', '-e', script]);
    expect(code).toBe(0);
    expect(calls.split('\n').filter(line => INTERNET.test(line))).toEqual([]);
  });
});
