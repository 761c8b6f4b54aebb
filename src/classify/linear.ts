import { z } from 'zod';
import type { Line } from './input.js';

/** A linear model over hashed n-grams: the log-odds of one line with the ones before it, in the order of its names. */
export interface LinearModel {
  names: string[];
  logits(line: Line, context: Line[]): number[];
}

const MAGIC = 'ORL1';

const HEADER = z.object({
  format: z.literal('offrecord.linear/1'),
  hash: z.literal('fnv1a-32'),
  buckets: z.int().positive(),
  names: z.array(z.string()),
  groups: z.object({ words: z.number(), characters: z.number(), context: z.number(), speaker: z.number() }),
  grams: z.tuple([z.int(), z.int()]),
  context: z.int(),
  scale: z.array(z.number()),
  bias: z.array(z.number()),
});
type Header = z.infer<typeof HEADER>;
type Group = keyof Header['groups'];

/**
 * Reads `linear.bin` (its bytes proven by the caller): magic, length of the header, header as JSON, one signed byte a weight.
 * @throws Error when the bytes have another format or length
 */
export function readLinear(bytes: Uint8Array): LinearModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC) throw new Error('linear.bin has another format');
  const end = 8 + view.getUint32(4, true);
  const header = HEADER.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(8, end))));
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset + end, bytes.byteLength - end);
  if (weights.length !== header.buckets * header.names.length) throw new Error('linear.bin has another length');
  return { names: header.names, logits: (line, context) => weigh(header, weights, line, context) };
}

function weigh(header: Header, weights: Int8Array, line: Line, context: Line[]): number[] {
  const { names, scale, bias, groups } = header;
  const sums = new Float64Array(names.length);
  for (const [group, hashes] of featureHashes(header, line, context)) {
    const buckets = new Set([...hashes].map(hash => hash % header.buckets));
    const share = groups[group] / Math.sqrt(Math.max(1, buckets.size));
    for (const bucket of buckets) {
      for (let i = 0; i < names.length; i++)
        sums[i] = (sums[i] ?? 0) + share * (weights[bucket * names.length + i] ?? 0);
    }
  }
  return names.map((_, i) => (bias[i] ?? 0) + (scale[i] ?? 0) * (sums[i] ?? 0));
}

function featureHashes(header: Header, line: Line, context: Line[]): [Group, Set<number>][] {
  const words = normalWords(line.text);
  const earlier = header.context > 0 ? context.slice(-header.context) : [];
  return [
    ['words', wordHashes('w ', words)],
    ['characters', new Set(words.flatMap(word => characterHashes(word, header.grams)))],
    ['context', new Set(earlier.flatMap(({ text }) => [...wordHashes('x ', normalWords(text))]))],
    ['speaker', new Set([fnv1a(`s ${line.speaker}`), ...(earlier.length > 0 ? [fnv1a('s context')] : [])])],
  ];
}

/** Lower-case words of letters, digits and apostrophes. */
function normalWords(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}']+/gu, ' ');
  return plain.split(' ').filter(Boolean);
}

/** The words, and each two neighbours. */
function wordHashes(prefix: string, words: string[]): Set<number> {
  const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`);
  return new Set([...words, ...pairs].map(gram => fnv1a(prefix + gram)));
}

/** Every run of `shortest` to `longest` characters of a word between two spaces. */
function characterHashes(word: string, [shortest, longest]: [number, number]): number[] {
  const characters = [' ', ...word, ' '];
  const hashes: number[] = [];
  for (let length = shortest; length <= longest; length++) {
    for (let at = 0; at + length <= characters.length; at++)
      hashes.push(fnv1a(`c ${characters.slice(at, at + length).join('')}`));
  }
  return hashes;
}

const utf8 = new TextEncoder();

/** 32-bit FNV-1a of the UTF-8 bytes (Fowler, Noll, Vo). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of utf8.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
