import { describe, expect, test } from 'vitest';
import { looksLikeSubtitles, readSubtitles } from '../../src/transcript/subtitles.js';
import type { Piece, SpeakerMap } from '../../src/types.js';

const nobody: SpeakerMap = new Map();

describe('VTT', () => {
  test('voices from tags, tags and entities gone, notes and styles unread', async () => {
    const text = [
      'WEBVTT - a call\n\nSTYLE\n::cue { color: red }\n\nNOTE not said\n\nfirst\n00:01.000 --> 00:02.500 align:start',
      '<v.loud Laura (Recruiter)>Q&amp;A is <i>now</i>,\n&lt;yes&gt;</v>\n\n01:00:03.000 --> 01:00:04.000',
      '<v Me>Fine <00:01:00.500><c.x>by me</c></v>',
    ].join('\n');
    expect(await readSubtitles(text, 'vtt', nobody)).toEqual([
      piece(1, 2.5, 0, 'interviewer', 'Q&A is now, <yes>'),
      piece(3603, 3604, 1, 'candidate', 'Fine by me'),
    ]);
  });

  test('two voices in a cue are two pieces; a cue without a tag is nobody’s', async () => {
    const text =
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Laura>Ready?</v><v Tom>Yes.</v>\n\n00:03.000 --> 00:04.000\nGood.';
    expect((await readSubtitles(text, 'vtt', new Map([['tom', 'candidate']]))).map(brief)).toEqual([
      '1–2 unknown 0: Ready?',
      '1–2 candidate 1: Yes.',
      '3–4 unknown 2: Good.',
    ]);
  });

  test('one cue with more lines than a call of a function has room for', async () => {
    const text = `WEBVTT\n\n00:01.000 --> 00:02.000\n<v Laura>${'so\n'.repeat(200_000)}`;
    expect((await readSubtitles(text, 'vtt', nobody)).map(({ text }) => text.length)).toEqual([200_000 * 3 - 1]);
  });

  test('without a header, and with cues right below it', async () => {
    const cues = '00:01.000 --> 00:02.000\nOne.\n00:02.000 --> 00:03.000\nTwo.';
    const expected = ['1–2 unknown 0: One.', '2–3 unknown 0: Two.'];
    expect((await readSubtitles(cues, 'vtt', nobody)).map(brief)).toEqual(expected);
    expect((await readSubtitles(`WEBVTT\n${cues}`, 'vtt', nobody)).map(brief)).toEqual(expected);
  });
});

describe('SRT', () => {
  test('a name before a colon holds until the next name', async () => {
    const text = srt('Laura: Hello,', 'how are you?', 'Tom: Fine.', '>> Who is there?');
    expect((await readSubtitles(text, 'srt', nobody)).map(brief)).toEqual([
      '1–1.5 unknown 0: Hello,',
      '2–2.5 unknown 0: how are you?',
      '3–3.5 unknown 1: Fine.',
      '4–4.5 unknown 2: Who is there?',
    ]);
  });

  test('lines with dashes are two people, one dash is none', async () => {
    const text = srt('- Shall I?\n- No.', '- and so on', '{\\an8}<font color="red">Top</font>');
    expect((await readSubtitles(text, 'srt', nobody)).map(({ text }) => text)).toEqual([
      'Shall I?',
      'No.',
      'and so on',
      'Top',
    ]);
  });

  test('words survive empty lines in a cue, missing ones between cues, and a missing counter', async () => {
    const text =
      '1\n00:00:01,000 --> 00:00:02,000\n\nOne\n\nmore.\n2\n00:00:02,000 --> 00:00:03,000\nTwo.\n00:00:03,000 --> 00:00:04,000\nThree.';
    expect((await readSubtitles(text, 'srt', nobody)).map(brief)).toEqual([
      '1–2 unknown 0: One more.',
      '2–3 unknown 0: Two.',
      '3–4 unknown 0: Three.',
    ]);
  });

  test.each([
    ['00:00:05,000 --> 00:00:03,000', '5–5.001'],
    ['-00:00:05,000 --> 00:00:03,000', '0–3'],
    ['NaN:NaN:NaN,NaN --> NaN', '7–7.001'],
    ['0:0:5.0 --> 0:1:0.25', '5–60.25'],
    ['123:00:00,000 --> 124:00:00,000', '359998–359999'],
    ['00:05-->00:06', '5–6'],
  ])('words survive the times %s', async (timing, times) => {
    const text = `1\n00:00:07,000 --> 00:00:08,000\nOne.\n\n2\n${timing}\nTwo.`;
    expect((await readSubtitles(text, 'srt', nobody)).map(brief)[1]).toBe(`${times} unknown 0: Two.`);
  });
});

test('subtitles in a file of another name are known by their first time', () => {
  expect(looksLikeSubtitles('1\n00:00:01,000 --> 00:00:02,000\nHi')).toBe(true);
  expect(looksLikeSubtitles('[00:00:01.000 --> 00:00:02.000]  Hi')).toBe(false);
  expect(looksLikeSubtitles('We went from 10 --> 20 people')).toBe(false);
});

function srt(...cues: string[]): string {
  return cues.map((cue, i) => `${i + 1}\n00:00:0${i + 1},000 --> 00:00:0${i + 1},500\n${cue}\n`).join('\n');
}

function piece(start: number, end: number, channel: number, speaker: Piece['speaker'], text: string): Piece {
  return { start, end, channel, speaker, text, trust: 'given' };
}

function brief({ start, end, speaker, channel, text }: Piece): string {
  return `${start}–${end} ${speaker} ${channel}: ${text}`;
}
