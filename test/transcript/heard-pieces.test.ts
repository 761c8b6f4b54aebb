import { describe, expect, it } from 'vitest';
import { toPieces } from '../../src/transcript/heard-pieces.js';

const window = { channel: 1, start: 100, end: 110 };

describe('toPieces', () => {
  it('maps times to the recording', () => {
    const [piece] = toPieces([{ start: 1.5, end: 4, text: ' We record this call.' }], window, 'heard');
    expect(piece).toEqual({
      ...{ start: 101.5, end: 104, channel: 1, speaker: 'unknown' },
      ...{ text: 'We record this call.', trust: 'heard' },
    });
  });

  it.each([
    ['an end past the window', [{ start: 2, end: 29.98, text: 'Hello there.' }], [[102, 110]]],
    ['an end that is missing', [{ start: 2, end: null, text: 'Hello there.' }], [[102, 110]]],
    [
      'a start before the last end',
      [
        { start: 0, end: 6, text: 'One thing.' },
        { start: 3, end: 8, text: 'Another.' },
      ],
      [
        [100, 106],
        [106, 108],
      ],
    ],
    ['an end before its start', [{ start: 5, end: 2, text: 'Hello.' }], [[105, 105]]],
  ])('clamps %s and never goes back', (_, heard, times) => {
    expect(toPieces(heard, window, 'heard').map(({ start, end }) => [start, end])).toEqual(times);
  });

  it('gives nothing for a window that is one loop across its pieces', () => {
    const heard = [0, 2, 4, 6].map(start => ({ start, end: start + 2, text: ' work work' }));
    expect(toPieces(heard, window, 'heard')).toEqual([]);
  });

  it('keeps the doubt of a model that is never to be trusted', () => {
    expect(toPieces([{ start: 0, end: 2, text: 'Hello there.' }], window, 'doubtful')[0]?.trust).toBe('doubtful');
  });
});
