import { describe, expect, it } from 'vitest';
import { fewWordsNotices, noSpeech, recordingNotices, speakerNotices } from '../src/notices.js';
import { makeUtterances } from './make.js';

const audio = { channels: 2, tracks: 1, announced: 60 };
const scan = { seconds: 60, sides: true };
const real = { name: 'base.en', demonstration: false };

describe('recordingNotices', () => {
  it('has nothing to say of a whole recording with a real model', () => {
    expect(recordingNotices(audio, scan, real, new Map([['left', 'candidate']]))).toEqual([]);
  });

  it.each([
    ['the demonstration model', audio, scan, { name: 'nano', demonstration: true }, [], /demonstration model/],
    ['a file that ends early', { ...audio, announced: 90 }, scan, real, [], /lasts 1:30, but only 1:00 could be read/],
    ['more tracks', { ...audio, tracks: 3 }, scan, real, [], /3 audio tracks; only the first/],
    ['more channels', { ...audio, channels: 8 }, scan, real, [], /8 channels/],
    [
      'sides that do not hold one speaker',
      audio,
      { ...scan, sides: false },
      real,
      ['left'],
      /do not hold one speaker each/,
    ],
    ['names for a recording', audio, scan, real, ['laura'], /knows no names: “laura”/],
  ] as const)('tells of %s', (_, file, heard, model, names, sentence) => {
    const speakers = new Map(names.map(name => [name, 'interviewer' as const]));
    expect(recordingNotices(file, heard, model, speakers).join(' ')).toMatch(sentence);
  });
});

describe('noSpeech', () => {
  it('names the other tracks of a file whose first is silent, and how to get at them', () => {
    expect(noSpeech('/calls/my call.mkv', 20, 1)).toMatch(
      /^No speech was found in my call\.mkv .* nothing to judge\.$/,
    );
    expect(noSpeech('/calls/my call.mkv', 20, 2)).toMatch(
      /first of its 2 audio tracks .* -i "my call\.mkv" -map 0:a:1/,
    );
  });
});

describe('speakerNotices', () => {
  const unknown = makeUtterances(['unknown', 'Hello.'], ['unknown', 'Hi.']);

  it('is silent where all are known, and counts those who are not', () => {
    expect(speakerNotices(makeUtterances(['candidate', 'Hi.']), 0, 'transcript', new Map())).toEqual([]);
    const some = makeUtterances(['candidate', 'Hi.'], ['unknown', 'Hello.']);
    expect(speakerNotices(some, 0, 'sides', new Map())[0]).toMatch(/^1 of 2 lines are not known.*left=candidate/);
  });

  it('says that speakers were guessed, and how to set them right', () => {
    const some = makeUtterances(['candidate', 'Hi.'], ['interviewer', 'Hello.']);
    expect(speakerNotices(some, 2, 'sides', new Map())).toEqual([
      'Who is who was guessed from the words: check that your own lines are marked as yours. Say who is who with: --speakers left=candidate,right=interviewer',
    ]);
  });

  it('names what matched nobody', () => {
    expect(speakerNotices(unknown, 0, 'transcript', new Map([['denise', 'interviewer']]))[0]).toMatch(
      /None of “denise”/,
    );
  });
});

describe('fewWordsNotices', () => {
  it.each([
    ['a normal call', 300, 120, 0],
    ['a slow talker', 110, 120, 0],
    ['hardly anything', 2, 22, 1],
  ])('%s', (_, words, seconds, count) => {
    expect(fewWordsNotices(words, seconds)).toHaveLength(count);
  });
});
