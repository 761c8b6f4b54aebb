import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/types.js';
import { Home, SAMPLES } from '../cli.js';
import { hasLoopback } from '../loopback.js';
import { HubServer, says } from '../models/hub-server.js';
import { filesOf, Program, RANDOM_WHISPER } from '../models/program.js';

const SAMPLE = join(SAMPLES, 'recording-request.stereo.wav');
let home: Home;
const own = (): string => {
  const file = join(home.dir, 'my call.wav');
  copyFileSync(SAMPLE, file);
  return file;
};

describe('without a real speech model, in a script', () => {
  beforeEach(() => {
    home = new Home();
  });
  afterEach(() => home.remove());

  it.each([
    ['analyze', ['--no-save']],
    ['analyze', ['--json']],
    ['batch', []],
  ])('%s of an own recording prints the command and ends with code 4 (%j)', async (command, options) => {
    const { code, stdout, stderr } = await home.run(command, own(), ...options);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(
      /^offrecord: A call of your own needs a real speech model, .* Get one, once, 80 MB: offrecord models pull base\.en/,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(home.storeDir)).toBe(false);
  });

  it('the demonstration model is used where it is named; every word is doubtful, and the report says so', async () => {
    const { code, stdout } = await home.run('analyze', own(), '--model', 'nano', '--no-save', '--json');
    const { utterances, notices, models } = JSON.parse(stdout) as Report;
    expect([code, models.whisper?.name]).toEqual([0, 'nano']);
    expect(new Set(utterances.map(({ trust }) => trust))).toEqual(new Set(['doubtful']));
    expect(notices[0]).toMatch(/demonstration model.*its words can’t be relied on/);
  });

  it('the samples are heard by it, as the demonstration', async () => {
    expect((await home.run('analyze', SAMPLE, '--no-save')).stdout).toMatch(/the built-in demonstration model/);
  });

  it.each([
    ['a transcript', 'call.txt', 'Anna: May I record this call?\nBen: No, please do not record it.\n', 0],
    ['a file that is not there', 'nowhere.wav', null, 1],
    ['an empty file', 'empty.wav', '', 1],
  ])('%s needs none', async (_, name, content, code) => {
    if (content !== null) writeFileSync(join(home.dir, name), content);
    expect((await home.run('analyze', name, '--no-save')).code).toBe(code);
  });
});

const hasScript = process.platform === 'linux' && existsSync('/usr/bin/script');

describe.runIf(hasLoopback && hasScript)('at a terminal (left out without loopback or `script`)', () => {
  const LARGEST = 'onnx/decoder_model_merged_quantized.onnx';
  const QUESTION = 'Type yes or no: ';
  let server: HubServer;
  let program: Program;
  beforeAll(async () => {
    server = new HubServer(filesOf(RANDOM_WHISPER));
    await server.start();
    program = new Program({ hub: server.address, hosts: server.hosts });
  });
  afterAll(() => {
    server.stop();
    program.remove();
  });
  beforeEach(() => {
    home = new Home(program.cli);
    server.asked.length = 0;
    server.meets(LARGEST);
  });
  afterEach(() => home.remove());

  /** Runs the program at a terminal and answers its questions as they come. */
  function terminal(words: string[], answer: string): Promise<{ code: number; out: string }> {
    const command = [process.execPath, program.cli, ...words].map(word => `'${word}'`).join(' ');
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: home.dir, env: home.env });
    let out = '';
    child.stdout.on('data', (text: Buffer) => {
      const isAsked = out.includes(QUESTION);
      out += text;
      if (!isAsked && out.includes(QUESTION)) child.stdin.write(answer);
    });
    return new Promise(resolve => child.on('close', code => resolve({ code: code ?? -1, out })));
  }

  it('asks once, in kind words, gets the model after a yes, and goes on to the call', async () => {
    const { out } = await terminal(['analyze', own(), '--no-save'], 'yes\r');
    expect(out).toMatch(/Whisper base\.en, \d+ MB, from 127\.0\.0\.1:\d+, once; nothing of yours is sent\./);
    expect(out).toMatch(/base\.en is here and proven/);
    expect(out.split('A call of your own needs')).toHaveLength(2);
    server.asked.length = 0;
    // The random model of the tests hears invented words: that they are not English tells that it was used.
    expect(out).toMatch(/do not look like English/);
    const again = await terminal(['analyze', own(), '--no-save'], '');
    expect(again.out).not.toContain(QUESTION);
    expect(again.out).toMatch(/do not look like English/);
    expect(server.asked).toEqual([]);
  });

  it.each([
    ['no', 'no\r', 4, /Nothing was fetched or analysed\. Whenever you like: offrecord models pull base\.en/],
    ['nothing', '\r', 4, /Nothing was fetched or analysed/],
    ['Ctrl-C', '\u0003', 130, /Stopped/],
  ])('fetches nothing after %s', async (_, answer, code, sentence) => {
    const ended = await terminal(['analyze', own(), '--no-save'], answer);
    expect(ended).toEqual({ code, out: expect.stringMatching(sentence) });
    expect(server.asked).toEqual([]);
  });

  it('asks for the model that was named', async () => {
    const { out } = await terminal(['analyze', own(), '--no-save', '--model', 'tiny.en'], 'y\r');
    expect(out).toMatch(/The speech model “tiny\.en” was asked for, and it is not on this computer yet\./);
    expect(existsSync(join(home.dir, 'data', 'offrecord', 'models', 'tiny.en', LARGEST))).toBe(true);
  });

  it('ends with code 4 where it could not be got', async () => {
    server.meets(LARGEST, says(404));
    const ended = await terminal(['analyze', own(), '--no-save'], 'yes\r');
    expect(ended).toEqual({ code: 4, out: expect.stringMatching(/\(404\)[\s\S]*“base\.en” could not be got/) });
  });
});
