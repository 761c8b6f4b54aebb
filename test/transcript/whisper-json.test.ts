import { expect, test } from 'vitest';
import { readWhisperJson } from '../../src/transcript/whisper-json.js';
import type { SpeakerMap } from '../../src/types.js';

const speakers: SpeakerMap = new Map([['speaker_01', 'candidate']]);

test('openai/whisper, with speakers where they are given and NaN where Python wrote it', () => {
  const json = `{"text": "a: NaN, b", "segments": [
    {"id": 0, "start": 0.0, "end": 1.5, "text": " Hello.", "avg_logprob": NaN, "speaker": "SPEAKER_00"},
    {"id": 1, "start": NaN, "end": -Infinity, "text": " Hi.", "speaker": "SPEAKER_01"},
    {"start": 3, "end": 4, "text": " Well."}]}`;
  expect(read(json)).toEqual([
    [0, 1.5, 0, 'unknown', ' Hello.'],
    [null, null, 1, 'candidate', ' Hi.'],
    [3, 4, 2, 'unknown', ' Well.'],
  ]);
});

test('whisper.cpp counts in milliseconds', () => {
  const json = {
    transcription: [{ timestamps: {}, offsets: { from: 250, to: 1750 }, text: ' Hello.' }, { text: ' Hi.' }],
  };
  expect(read(JSON.stringify(json))).toEqual([
    [0.25, 1.75, 0, 'unknown', ' Hello.'],
    [null, null, 0, 'unknown', ' Hi.'],
  ]);
});

test('the last chunk of transformers.js may have no end', () => {
  const json = { text: 'Hello. Hi.', chunks: [chunk(0, 2, 'Hello.'), chunk(2, null, 'Hi.')] };
  expect(read(JSON.stringify(json))).toEqual([
    [0, 2, 0, 'unknown', 'Hello.'],
    [2, null, 0, 'unknown', 'Hi.'],
  ]);
});

test.each([
  ['{"segments": [', /^call\.json is not valid JSON/],
  ['["segments"]', /^call\.json is JSON, but not a transcript/],
  ['null', /not a transcript/],
  ['{"name": "offrecord", "version": "1"}', /not a transcript/],
  ['{"schema": "offrecord.report/1", "utterances": []}', /Give the recording or its transcript/],
  ['{"segments": {}}', /“segments” is missing or of another kind/],
  ['{"segments": [{"start": 1, "end": 2, "text": 5}]}', /“segments\.0\.text”/],
  ['{"chunks": [{"timestamp": ["0", 1], "text": "a"}]}', /“chunks\.0\.timestamp\.0”/],
  ['{"transcription": [{"offsets": {"from": 1}, "text": "a"}]}', /“transcription\.0\.offsets\.to”/],
])('%s is refused', (json, message) => {
  expect(() => read(json)).toThrow(
    expect.objectContaining({ kind: 'failed', message: expect.stringMatching(message) }),
  );
});

function read(json: string): unknown[] {
  const pieces = readWhisperJson(json, 'call.json', speakers);
  return pieces.map(({ start, end, channel, speaker, text }) => [start, end, channel, speaker, text]);
}

function chunk(start: number, end: number | null, text: string) {
  return { timestamp: [start, end], text };
}
