import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isTranscript, readTranscript } from '../../src/transcript/read-transcript.js';
import { toUtterances } from '../../src/transcript/utterances.js';

const folder = mkdtempSync(join(tmpdir(), 'offrecord-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['call.vtt', true],
  ['CALL.SRT', true],
  ['a.b/mail.txt', true],
  ['call.json', true],
  ['call.mp3', false],
  ['notes.md', false],
  ['txt', false],
])('%s is a transcript: %s', (name, expected) => {
  expect(isTranscript(name)).toBe(expected);
});

describe('by name or by content', () => {
  test.each([
    ['a.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello.'],
    ['a.srt', '1\n00:00:01,000 --> 00:00:02,000\nHello.'],
    ['a.json', '{"segments":[{"start":1,"end":2,"text":"Hello."}]}'],
    ['a.txt', '[0:01 - 0:02] Hello.'],
    ['vtt.txt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello.'],
    ['srt.txt', '1\n00:00:01,000 --> 00:00:02,000\nHello.'],
    ['srt.vtt', '1\n00:00:01,000 --> 00:00:02,000\nHello.'],
    ['bom.srt', '\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nHello.\r\n'],
    ['doubled.srt', '1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\nHello.\r\r\n'],
    ['mac.vtt', 'WEBVTT\r\r00:01.000 --> 00:02.000\rHello.\r'],
  ])('%s', async (name, content) => {
    expect(await read(name, content)).toMatchObject([{ start: 1, end: 2, speaker: 'unknown', text: 'Hello.' }]);
  });
});

describe('encodings', () => {
  const text = 'José: Café, olé!\r\nMe: No.';
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 little', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 big', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['Latin-1', Buffer.from(text, 'latin1')],
    [
      'with NUL, escapes and a hidden mark',
      Buffer.from(`\u001b[1m${text.replace('é', '\0é').replace('N', '\u202eN')}\u001b[0m`),
    ],
  ])('%s', async (_name, bytes) => {
    expect((await read('encoded.txt', bytes)).map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'unknown: Café, olé!',
      'candidate: No.',
    ]);
  });

  test('one broken character spoils only itself', async () => {
    const bytes = Buffer.concat([Buffer.from('Café, olé '), Buffer.from([0xe2, 0x82]), Buffer.from(' no.')]);
    expect(await read('broken.txt', bytes)).toMatchObject([{ text: 'Café, olé \ufffd no.' }]);
  });
});

describe('refused in one sentence that names the file', () => {
  test.each([
    ['empty.txt', '', /^empty\.txt has no words/],
    ['blank.vtt', '\ufeff \r\n\0', /^blank\.vtt has no words/],
    ['header.vtt', 'WEBVTT\n\nNOTE nothing', /^header\.vtt has no words/],
    ['signs.srt', '1\n00:00:01,000 --> 00:00:02,000\n♪ … ♪', /^signs\.srt has no words/],
    ['none.json', '{"segments":[]}', /^none\.json has no words/],
    ['empty.json', ' ', /^empty\.json has no words/],
    [
      'picture.txt',
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)),
      /^picture\.txt is not a text/,
    ],
    ['sound.srt', Buffer.alloc(50_000), /^sound\.srt is not a text/],
  ])('%s', async (name, content, message) => {
    await expect(read(name, content)).rejects.toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(message),
    });
  });

  test('a file of more than 100 MB, no file, a folder', async () => {
    const large = join(folder, 'large.txt');
    writeFileSync(large, 'Hello.');
    truncateSync(large, 101 * 2 ** 20);
    await expect(readTranscript(large, new Map())).rejects.toThrow(/^large\.txt has 101 MB/);
    await expect(readTranscript(join(folder, 'gone.txt'), new Map())).rejects.toThrow(
      /^gone\.txt can’t be read \(ENOENT\)/,
    );
    await expect(readTranscript(folder, new Map())).rejects.toMatchObject({ kind: 'failed' });
  });
});

test('a transcript of twelve hours keeps every word, in order', async () => {
  const cues = Array.from(
    { length: 11_000 },
    (_, i) => `${i}\n${at(i * 4)} --> ${at(i * 4 + 3)}\n${name(i)}: w${i} and so\n`,
  );
  const utterances = toUtterances(await read('long.srt', cues.join('\n')));
  expect(utterances.flatMap(({ text }) => text.match(/\d+/g)).map(Number)).toEqual(Array.from(cues.keys()));
  expect(utterances.at(-1)).toMatchObject({ id: 10_999, start: 43_996, end: 43_999, speaker: 'candidate' });
});

function name(i: number): string {
  return i % 2 === 0 ? 'Recruiter' : 'Me';
}

function at(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(11, 19)},000`;
}

function read(name: string, content: string | Buffer) {
  const file = join(folder, name);
  writeFileSync(file, content);
  return readTranscript(file, new Map());
}
