import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode } from '../samples/make/encode.js';
import { writeWav } from '../src/audio/write-wav.js';
import { createEngine, type Engine } from '../src/engine.js';
import { type AnalyzeOptions, analyze, type Checkpoints } from '../src/pipeline.js';
import type { Piece, Report } from '../src/types.js';
import { SAMPLES } from './cli.js';
import { decodeAll } from './decode-all.js';

const CALL = join(SAMPLES, 'recording-request.stereo.wav');
const options: AnalyzeOptions = { speakers: new Map(), details: { company: null, role: null, date: null } };
let engine: Engine;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'offrecord-pipeline-'));
  engine = await createEngine({ model: 'nano', language: 'en', sensitivity: 'normal' });
});
afterAll(async () => {
  await engine.dispose();
  rmSync(dir, { recursive: true });
});

const withoutClock = ({ timings: _, call, ...rest }: Report): object => ({
  ...rest,
  call: { ...call, analyzedAt: '' },
});

describe('analyze', () => {
  let report: Report;
  beforeAll(async () => {
    report = await analyze(CALL, engine, { ...options, speakers: new Map([['left', 'interviewer']]) });
  }, 120_000);

  it('keeps the two sides apart, and knows the second person from the first', () => {
    expect(report.call).toMatchObject({ file: 'recording-request.stereo.wav', channels: 2 });
    expect(new Set(report.utterances.map(({ channel, speaker }) => `${channel} ${speaker}`))).toEqual(
      new Set(['0 interviewer', '1 candidate']),
    );
  });

  it('gives times that never go back and stay inside the recording', () => {
    let last = 0;
    for (const { start, end } of report.utterances) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start ?? 0);
      expect(end).toBeLessThanOrEqual(report.call.duration ?? 0);
      last = start ?? 0;
    }
  });

  it('says that the demonstration model is not to be relied on', () => {
    expect(report.notices[0]).toMatch(/demonstration model.*models pull base\.en/);
    expect(report.utterances.every(({ trust }) => trust === 'doubtful')).toBe(true);
  });

  it('gives the same report for the same recording', async () => {
    const again = await analyze(CALL, engine, { ...options, speakers: new Map([['left', 'interviewer']]) });
    expect(withoutClock(again)).toEqual(withoutClock(report));
  }, 120_000);

  it('goes on where a killed run stopped, without transcribing a window again', async () => {
    const saved = new Map<string, Piece[]>();
    const controller = new AbortController();
    const checkpoints: Checkpoints = {
      load: () => new Map(saved),
      save: (_, __, window, pieces) => {
        if (saved.has(window)) throw new Error(`window ${window} was transcribed twice`);
        saved.set(window, pieces);
        if (saved.size === 3) controller.abort();
      },
    };
    const first = analyze(CALL, engine, { ...options, checkpoints, signal: controller.signal });
    await expect(first).rejects.toMatchObject({ kind: 'interrupted' });
    expect(saved.size).toBe(3);
    const resumed = await analyze(CALL, engine, {
      ...options,
      checkpoints,
      speakers: new Map([['left', 'interviewer']]),
    });
    expect(withoutClock(resumed)).toEqual(withoutClock(report));
  }, 120_000);

  it('folds dual mono to one channel, and reads it as it reads the mix', async () => {
    const [left, right] = (await decodeAll(CALL)).channels as [Float32Array, Float32Array];
    const mixed = left.map((sample, i) => (sample + (right[i] ?? 0)) / 2).slice(0, 20 * 16000);
    writeFileSync(join(dir, 'mono.wav'), writeWav([mixed], 16000));
    writeFileSync(join(dir, 'dual.wav'), writeWav([mixed, mixed], 16000));
    const asked = new Map([['left', 'interviewer' as const]]);
    const [mono, dual] = [
      await analyze(join(dir, 'mono.wav'), engine, { ...options, speakers: asked }),
      await analyze(join(dir, 'dual.wav'), engine, { ...options, speakers: asked }),
    ];
    expect([mono.call.channels, dual.call.channels]).toEqual([1, 1]);
    expect(dual.utterances).toEqual(mono.utterances);
    expect(dual.notices.join(' ')).toMatch(/do not hold one speaker each/);
  }, 120_000);

  it.each(['cut.flac', 'cut.wav'])(
    'reads what is there of %s, a file that was cut off, and says so',
    async name => {
      const sides = (await decodeAll(CALL)).channels.map(side => side.slice(0, 40 * 16000));
      const wav = writeWav(sides, 16000);
      const whole = name.endsWith('.wav') ? wav : await encode(wav, name);
      writeFileSync(join(dir, name), whole.slice(0, whole.length / 2));
      const cut = await analyze(join(dir, name), engine, options);
      expect(cut.notices.join(' ')).toMatch(/says it lasts 0:40, but only 0:[12]\d could be read/);
    },
    120_000,
  );

  it('puts what the user says of the call into the report, cleaned of control characters', async () => {
    const file = join(dir, 'notes\u001b[31m.txt');
    cpSync(join(SAMPLES, 'chat-notes.txt'), file);
    const details = { company: 'Bright\u0007 Path', role: 'Desk', date: '2026-11-28' };
    const { call } = await analyze(file, engine, { ...options, details });
    expect(call).toMatchObject({ file: 'notes.txt', company: 'Bright Path', role: 'Desk', date: '2026-11-28' });
  });
});
