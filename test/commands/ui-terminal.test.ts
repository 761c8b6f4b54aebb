import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Home, SAMPLES } from '../cli.js';
import { hasTmux, TmuxScreen } from '../tui/tmux.js';

const AGENCY = join(SAMPLES, 'agency-screen.vtt');
const LONG = join(SAMPLES, 'long-call.stereo.m4a');

let home: Home;
let screens: TmuxScreen[];
beforeEach(() => {
  home = new Home();
  screens = [];
});
afterEach(() => {
  for (const screen of screens) screen.close();
  home.remove();
});

function open(columns?: number, rows?: number, env?: Record<string, string>): TmuxScreen {
  const screen = new TmuxScreen(home, columns, rows, env);
  screens.push(screen);
  return screen;
}

const isBack = (screen: TmuxScreen): boolean => screen.modes().alternate === '0' && /bash/.test(screen.modes().command);

/** For whoever reads the screens: they are kept where `OFFRECORD_SCREENS` says. */
function record(name: string, text: string): void {
  const dir = process.env.OFFRECORD_SCREENS;
  if (!dir) return;
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, `${name}.txt`), text);
}

describe.skipIf(!hasTmux())('the UI on a real terminal', () => {
  it('goes from the first call to its purge', async () => {
    cpSync(AGENCY, join(home.dir, 'agency.vtt'));
    const screen = open();
    screen.run();
    record('1-empty', await screen.see(/Press o/));
    screen.press('o');
    await screen.see(/Analyse a recording/);
    screen.type('./ag');
    screen.press('Tab');
    record('2-path', await screen.see(/› \.\/agency\.vtt/));
    screen.press('Enter');
    record('3-working', await screen.see(/agency\.vtt .*(starting|looking for red flags)/));
    record('4-first-notice', await screen.see(/This is the first report kept/));
    screen.press('Escape');
    record('5-library', await screen.see(/agency\.vtt .* leave/));
    screen.press('Enter');
    record('6-call', await screen.see(/5 flags/));
    expect(screen.text()).toMatch(/› ◆ +1:31 +Asked for identity or money/);
    screen.press('n');
    record('7-next-flag', await screen.see(/› ▲ +1:46 +Keeps or shares your data/));
    screen.press('d');
    record('8-dismissed', await screen.see(/4 flags, 1 dismissed/));
    screen.press('x');
    await screen.see(/Export as/);
    screen.press('Down', 'Down', 'Down', 'Enter');
    await screen.see(/Export as html to/);
    screen.press('C-u');
    screen.type('call.html');
    screen.press('Enter');
    record('9-exported', await screen.see(/Written to .*call\.html/));
    expect(readFileSync(join(home.dir, 'call.html'), 'utf8')).toContain('<html');
    screen.press('a');
    record('10-advice', await screen.see(/What to say and do/));
    screen.press('Escape');
    await screen.see(/What it means/);
    screen.press('D');
    record('11-purge', await screen.see(/Type delete/));
    expect(screen.text()).toContain('call.html');
    screen.type('delete');
    screen.press('Enter');
    record('12-purged', await screen.see(/found none/));
    expect(existsSync(join(home.dir, 'call.html'))).toBe(false);
    screen.press('Escape');
    await screen.see(/Press o/);
    screen.press('q');
    await screen.see(() => isBack(screen));
    expect(JSON.parse((await home.run('list', '--json')).stdout).calls).toEqual([]);
  });

  it('shows an analysis as it goes on, stops it kindly, and goes on the next time', async () => {
    const screen = open(80, 24);
    screen.run();
    await screen.see(/Press o/);
    screen.press('o');
    screen.type(LONG);
    screen.press('Enter');
    record('13-progress', await screen.see(/transcribing [1-9]\d? %, about .* left/, 110));
    screen.press('C-c');
    await screen.see(() => isBack(screen));
    const { unfinished } = JSON.parse((await home.run('list', '--json')).stdout);
    expect(unfinished).toHaveLength(1);
    screen.run();
    await screen.see(/One analysis was stopped/);
  }, 240_000);

  it('follows what another offrecord does, and survives every size', async () => {
    await home.run('analyze', AGENCY);
    const screen = open(80, 24);
    screen.run();
    await screen.see(/1 call/);
    await home.run('analyze', join(SAMPLES, 'hiring-manager.srt'), '--company', 'Elsewhere');
    await screen.see(/2 calls/);
    screen.press('Enter');
    await screen.see(/What it means/);
    for (const [columns, rows] of [
      [40, 12],
      [300, 100],
      [100, 30],
    ] as const) {
      screen.resize(columns, rows);
      // Seen in the middle of a redraw, a screen may have only one of the two.
      await screen.see(shown => {
        const lines = shown.split('\n');
        return /^ \S/.test(lines[0] ?? '') && lines[rows - 2]?.includes('? help') === true;
      });
    }
  });

  it('leaves the terminal as it was after a crash, with one sentence and no trace of the stack', async () => {
    await home.run('analyze', AGENCY);
    const crash = join(home.dir, 'crash.mjs');
    writeFileSync(crash, `setTimeout(() => { throw new Error('made to fail'); }, 5000);`);
    const screen = open(80, 24, { NODE_OPTIONS: `--import=${crash}` });
    screen.run();
    await screen.see(/\? help/);
    const text = await screen.see(/Something went wrong inside the program \(Error: made to fail\)/);
    expect(text).not.toMatch(/^ +at /m);
    await screen.see(() => isBack(screen));
    expect(screen.modes()).toMatchObject({ alternate: '0', cursor: '1' });
  });

  it.each([
    ['q', (screen: TmuxScreen) => screen.press('q')],
    ['Ctrl-C in a dialog', (screen: TmuxScreen) => screen.press('o', 'C-c')],
    [
      'SIGTERM',
      (screen: TmuxScreen) =>
        execFileSync('bash', ['-c', `kill -TERM $(cat /proc/${screen.modes().pid}/task/*/children)`]),
    ],
  ])('leaves the terminal as it was after %s', async (_, end) => {
    await home.run('analyze', AGENCY);
    const screen = open(80, 24);
    screen.type('echo before');
    screen.press('Enter');
    await screen.see(/^before/m);
    screen.run();
    await screen.see(/\? help/);
    await new Promise(resolve => setTimeout(resolve, 1500));
    end(screen);
    await screen.see(() => isBack(screen));
    expect(screen.modes()).toMatchObject({ alternate: '0', cursor: '1' });
    screen.type('echo af""ter; stty -a | grep -o "[-]*icanon\\|[ -]echo "');
    screen.press('Enter');
    const text = await screen.see(/^after/m);
    expect(text).toMatch(/^before/m);
    await screen.see(/^icanon$/m);
    expect(screen.text()).not.toMatch(/^-(icanon|echo)/m);
  });

  it('can be put aside with Ctrl-Z and brought back', async () => {
    await home.run('analyze', AGENCY);
    const screen = open(80, 24);
    screen.run();
    await screen.see(/\? help/);
    await new Promise(resolve => setTimeout(resolve, 1500));
    screen.press('C-z');
    await screen.see(/Stopped/);
    expect(screen.modes()).toMatchObject({ alternate: '0', cursor: '1' });
    screen.type('fg');
    screen.press('Enter');
    await screen.see(/\? help/);
    await new Promise(resolve => setTimeout(resolve, 500));
    screen.press('Enter');
    await screen.see(/What it means/);
  });

  it('asks for the passphrase first, and analyses without asking again', async () => {
    cpSync(AGENCY, join(home.dir, 'agency.vtt'));
    const passphrase = 'four words of mine';
    await home.start(['analyze', join(SAMPLES, 'hiring-manager.srt')], {
      OFFRECORD_KEY: 'passphrase',
      OFFRECORD_PASSPHRASE: passphrase,
    }).ended;
    const screen = open(80, 24);
    screen.run();
    await screen.see(/Passphrase of your store/);
    screen.type(passphrase);
    screen.press('Enter');
    await screen.see(/1 call/);
    screen.press('o');
    screen.type('agency.vtt');
    screen.press('Enter');
    await screen.see(/2 calls/);
    expect(screen.text()).not.toContain(passphrase);
    screen.press('q');
    await screen.see(() => isBack(screen));
  });

  it('opens at the call that was analysed with --open, and saves its moment as sound', async () => {
    cpSync(join(SAMPLES, 'recording-request.stereo.wav'), join(home.dir, 'call.wav'));
    const screen = open(100, 30);
    screen.run('analyze', 'call.wav', '--open', '--model', 'nano');
    record('14-opened', await screen.see(/What it means/));
    screen.press('c');
    await screen.see(/Save this moment as/);
    screen.press('C-u');
    screen.type('moment.wav');
    screen.press('Enter');
    record('15-clip', await screen.see(/Saved to .*moment\.wav/));
    expect(readFileSync(join(home.dir, 'moment.wav'), 'latin1').slice(0, 4)).toBe('RIFF');
    screen.press('q');
    await screen.see(() => isBack(screen));
  });

  it('never loads what only an analysis needs', async () => {
    await home.run('analyze', AGENCY);
    const coverage = join(home.dir, 'coverage');
    const screen = open(80, 24, { NODE_V8_COVERAGE: coverage });
    screen.run();
    await screen.see(/\? help/);
    await new Promise(resolve => setTimeout(resolve, 2000));
    screen.press('Enter');
    await screen.see(/What it means/);
    screen.press('q');
    await screen.see(() => isBack(screen));
    const [file = ''] = readdirSync(coverage);
    const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as { result: { url: string }[] };
    const loaded = result.map(({ url }) => url).filter(url => url.startsWith('file:'));
    expect(loaded.some(url => /node_modules\/ink\//.test(url))).toBe(true);
    const heavy =
      /node_modules\/(@xenova|@huggingface|onnxruntime|@ffmpeg|fluent-ffmpeg|wavefile|media-captions|@ricky0123)|dist\/(engine|pipeline|speech|audio)/;
    expect(loaded.filter(url => heavy.test(url))).toEqual([]);
    expect(loaded.filter(url => /react.*development/.test(url))).toEqual([]);
  });
});
