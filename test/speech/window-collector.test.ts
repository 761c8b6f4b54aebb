import { describe, expect, it } from 'vitest';
import { WindowCollector } from '../../src/speech/window-collector.js';

const RATE = 10;
const ramp = (from: number, length: number, sign = 1): Float32Array =>
  Float32Array.from({ length }, (_, i) => sign * (from + i));

describe('WindowCollector', () => {
  it('gives each window exactly its samples, from blocks of any length', () => {
    const windows = [
      { channel: 0, start: 0.5, end: 2 },
      { channel: 1, start: 1.5, end: 3 },
      { channel: 0, start: 2, end: 2.4 },
    ];
    for (const block of [1, 3, 7, 40]) {
      const collector = new WindowCollector(windows, RATE);
      const got = [];
      for (let at = 0; at < 40; at += block) got.push(...collector.push([ramp(at, block), ramp(at, block, -1)]));
      expect(collector.done).toBe(true);
      const byStart = got.sort((a, b) => a.window.start - b.window.start);
      expect(byStart.map(({ samples }) => [...samples])).toEqual([
        [...ramp(5, 15)],
        [...ramp(15, 15, -1)],
        [...ramp(20, 4)],
      ]);
    }
  });

  it('fills a window with silence when the stream ends early', () => {
    const collector = new WindowCollector([{ channel: 0, start: 0, end: 1 }], RATE);
    expect(collector.push([ramp(1, 4)])).toEqual([]);
    expect([...(collector.finish()[0]?.samples ?? [])]).toEqual([1, 2, 3, 4, 0, 0, 0, 0, 0, 0]);
  });
});
