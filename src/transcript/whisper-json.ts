import { z } from 'zod';
import { OffRecordError } from '../errors.js';
import type { Piece, SpeakerMap } from '../types.js';
import { type Said, toGivenPieces } from './voices.js';

const seconds = z.number().nullish();
const speaker = z.union([z.string(), z.number()]).nullish();

/** openai/whisper, faster-whisper, whisperX. */
const Segments = z.object({ segments: z.array(z.object({ start: seconds, end: seconds, text: z.string(), speaker })) });
/** whisper.cpp, in milliseconds. */
const Transcription = z.object({
  transcription: z.array(
    z.object({ offsets: z.object({ from: z.number(), to: z.number() }).nullish(), text: z.string(), speaker }),
  ),
});
/** transformers.js; the end of the last chunk may be null. */
const Chunks = z.object({
  chunks: z.array(z.object({ timestamp: z.tuple([z.number().nullable(), z.number().nullable()]), text: z.string() })),
});

/**
 * The JSON of openai/whisper, whisper.cpp or transformers.js → pieces, times in seconds.
 * @param name the file's name, for the message
 * @throws OffRecordError `failed` when it is no JSON, or JSON of another kind
 */
export function readWhisperJson(text: string, name: string, speakers: SpeakerMap): Piece[] {
  const json = parse(text, name);
  if (hasKey(json, 'segments')) return toGivenPieces(check(Segments, json, name).segments.map(fromSegment), speakers);
  if (hasKey(json, 'transcription')) {
    return toGivenPieces(check(Transcription, json, name).transcription.map(fromWhisperCpp), speakers);
  }
  if (hasKey(json, 'chunks')) return toGivenPieces(check(Chunks, json, name).chunks.map(fromChunk), speakers);
  if (hasKey(json, 'schema') && String(json.schema).startsWith('offrecord.')) {
    throw failed(name, 'is a report of Off the Record, not a transcript. Give the recording or its transcript.');
  }
  throw failed(
    name,
    'is JSON, but not a transcript of Whisper. Give a file with "segments", "transcription" or "chunks".',
  );
}

/** Python writes NaN into its JSON, which JSON does not know. */
function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(text.replace(/([:[,]\s{0,20})(?:NaN|-?Infinity)(?=\s{0,20}[,}\]])/g, '$1null'));
    } catch (cause) {
      throw failed(name, 'is not valid JSON; it may be cut off. Export the transcript again.', cause);
    }
  }
}

function hasKey<K extends string>(json: unknown, key: K): json is Record<K, unknown> {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, key);
}

function check<T>(schema: z.ZodType<T>, json: unknown, name: string): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.join('.') ?? '';
  throw failed(name, `is not a transcript of Whisper: “${path}” is missing or of another kind. Export it again.`);
}

function fromSegment({ start, end, text, speaker }: z.infer<typeof Segments>['segments'][number]): Said {
  return { name: nameOf(speaker), start: start ?? null, end: end ?? null, text };
}

function fromWhisperCpp({ offsets, text, speaker }: z.infer<typeof Transcription>['transcription'][number]): Said {
  const times = offsets ? { start: offsets.from / 1000, end: offsets.to / 1000 } : { start: null, end: null };
  return { name: nameOf(speaker), ...times, text };
}

function fromChunk({ timestamp: [start, end], text }: z.infer<typeof Chunks>['chunks'][number]): Said {
  return { name: null, start, end, text };
}

function nameOf(speaker: string | number | null | undefined): string | null {
  return speaker === null || speaker === undefined || speaker === '' ? null : String(speaker);
}

function failed(name: string, problem: string, cause?: unknown): OffRecordError {
  return new OffRecordError('failed', `${name} ${problem}`, { cause });
}
