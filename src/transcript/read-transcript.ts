import { basename, extname } from 'node:path';
import { cleanText } from '../clean-text.js';
import { OffRecordError } from '../errors.js';
import type { Piece, SpeakerMap } from '../types.js';
import { readText } from './read-text.js';
import { looksLikeSubtitles, readSubtitles } from './subtitles.js';
import { readTurns } from './turns.js';
import { readWhisperJson } from './whisper-json.js';

/** No `.md`: a folder of calls holds notes and exports of that kind, which are no calls. */
const EXTENSIONS = ['.vtt', '.srt', '.txt', '.json'];

/** Whether a file's name says that it is a transcript. */
export function isTranscript(file: string): boolean {
  return EXTENSIONS.includes(extensionOf(file));
}

/**
 * Reads a transcript: VTT, SRT, Whisper's JSON, turns of `Name: text`, or plain text such as an e-mail's body.
 * Times are seconds, null where the file has none.
 * @throws OffRecordError `failed` when the file can't be read, is of another kind, or has no words
 */
export async function readTranscript(file: string, speakers: SpeakerMap): Promise<Piece[]> {
  const pieces = await parse(await readText(file), file, speakers);
  if (pieces.some(({ text }) => /[\p{L}\p{N}]/u.test(cleanText(text)))) return pieces;
  throw new OffRecordError('failed', `${basename(file)} has no words in it. Was the transcript saved?`);
}

async function parse(text: string, file: string, speakers: SpeakerMap): Promise<Piece[]> {
  const extension = extensionOf(file);
  if (text.trim() === '') return [];
  if (extension === '.json') return readWhisperJson(text, basename(file), speakers);
  if (extension === '.vtt' || text.startsWith('WEBVTT')) return readSubtitles(text, 'vtt', speakers);
  if (extension === '.srt' || looksLikeSubtitles(text)) return readSubtitles(text, 'srt', speakers);
  return readTurns(text, speakers);
}

function extensionOf(file: string): string {
  return extname(file).toLowerCase();
}
