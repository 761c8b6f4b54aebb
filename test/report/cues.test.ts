import { ReadableStream } from 'node:stream/web';
import { parseTextStream } from 'media-captions';
import { describe, expect, test } from 'vitest';
import { cueTime } from '../../src/report/cues.js';
import { renderSrt } from '../../src/report/srt.js';
import { renderVtt } from '../../src/report/vtt.js';
import type { Report } from '../../src/types.js';
import { pieceOf, reportOf } from '../store/reports.js';
import { HOSTILE, halfDismissed, hostileReport, UNSEEN } from './hostile.js';

interface Parsed {
  cues: { startTime: number; endTime: number; text: string }[];
  errors: unknown[];
}

/** What a strict reader finds; it collects every error. */
async function parsed(text: string, type: 'srt' | 'vtt'): Promise<Parsed> {
  const options = { type, errors: true } as { type: 'srt' | 'vtt' };
  return (await parseTextStream(ReadableStream.from(text.split('\n')), options)) as unknown as Parsed;
}

const RENDERERS = { srt: renderSrt, vtt: renderVtt };

describe.each(['srt', 'vtt'] as const)('%s', type => {
  const render = (report: Report): string => RENDERERS[type](report);

  test('has every line at its time, and the flags that were not dismissed', async () => {
    const { cues, errors } = await parsed(render(halfDismissed()), type);
    expect(errors).toEqual([]);
    expect(cues.map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
      [0, 4],
      [10, 14],
      [20, 24],
    ]);
    expect(cues.map(({ text }) => text.split('\n').slice(1))).toEqual([['[Asked to record you]'], [], []]);
    expect(cues[2]?.text).toMatch(type === 'srt' ? /^Candidate: No, thanks\.$/ : /^<v Candidate>No, thanks\.<\/v>$/);
  });

  test('is valid whatever was said, and says it as one cue each', async () => {
    const text = render(hostileReport());
    const { cues, errors } = await parsed(text, type);
    expect(errors).toEqual([]);
    expect(cues).toHaveLength(HOSTILE.length);
    for (const cue of cues) {
      const said = cue.text.replace(/^<v Interviewer>|<\/v>/gm, '');
      expect(said).not.toMatch(type === 'srt' ? /[<>{}]/ : /[<>]/);
    }
    expect(text).not.toMatch(UNSEEN);
  });

  test('gives a line without an end or of no length a moment, and leaves out lines without a time', async () => {
    const utterances = [
      { id: 0, ...pieceOf('no end'), start: 3661.0004, end: null },
      { id: 1, ...pieceOf('no length'), start: 3662, end: 3662 },
      { id: 2, ...pieceOf('no time'), start: null, end: null },
    ];
    const { cues, errors } = await parsed(render(reportOf('odd', {}, { utterances })), type);
    expect(errors).toEqual([]);
    expect(cues.map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
      [3661, 3661.001],
      [3662, 3662.001],
    ]);
  });

  test('is refused where there is nothing to show', () => {
    const silent = reportOf('silent', {}, { utterances: [{ id: 0, ...pieceOf('words'), start: null, end: null }] });
    expect(() => render(silent)).toThrow(/has no words with times/);
  });
});

test('the strict reader of these tests does find errors', async () => {
  expect((await parsed('WEBVTT\n\n00:02.000 --> 00:xx\nHello\n', 'vtt')).errors).not.toEqual([]);
});

test.each([
  [0, '00:00:00,000'],
  [59.9996, '00:01:00,000'],
  [3599.5, '00:59:59,500'],
  [363_599.999, '100:59:59,999'],
])('%d s as a time', (seconds, time) => {
  expect(cueTime(seconds, ',')).toBe(time);
});
