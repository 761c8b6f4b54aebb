import { z } from 'zod';
import type { Opinion } from './encoder.js';
import { type Line, splitWords } from './input.js';
import { remember } from './remember.js';

/** A linear model over hashed n-grams, its outputs in the order of its names. */
export interface LinearModel {
  names: string[];
  judge(line: Line, context: Line[]): Opinion;
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
  const hashesOf = remember(word => characterHashes(word, header.grams));
  return { names: header.names, judge: (line, context) => judge(header, weights, line, context, hashesOf) };
}

/** The features of one group: each bucket with the words of the line that it comes from. */
interface Features {
  share: number;
  buckets: Map<number, Set<number>>;
}

type HashesOf = (word: string) => number[];

function judge(header: Header, weights: Int8Array, line: Line, context: Line[], hashesOf: HashesOf): Opinion {
  const { names, scale, bias } = header;
  const groups = featuresOf(header, line, context, hashesOf);
  const weightOf = (bucket: number, name: number): number => weights[bucket * names.length + name] ?? 0;
  const sums = new Float64Array(names.length);
  for (const { share, buckets } of groups) {
    for (const bucket of buckets.keys()) {
      for (let name = 0; name < names.length; name++) sums[name] = (sums[name] ?? 0) + share * weightOf(bucket, name);
    }
  }
  return {
    logits: names.map((_, name) => (bias[name] ?? 0) + (scale[name] ?? 0) * (sums[name] ?? 0)),
    weigh: name => {
      const found: number[] = splitWords(line.text).map(() => 0);
      for (const { share, buckets } of groups) {
        for (const [bucket, words] of buckets) {
          const weight = ((scale[name] ?? 0) * share * weightOf(bucket, name)) / words.size;
          for (const word of words) found[word] = (found[word] ?? 0) + weight;
        }
      }
      return found;
    },
  };
}

function featuresOf(header: Header, line: Line, context: Line[], hashesOf: HashesOf): Features[] {
  const words = placedWords(line.text);
  const earlier = header.context > 0 ? context.slice(-header.context) : [];
  const hashes: [Group, [hash: number, word?: number][]][] = [
    ['words', wordHashes('w ', words)],
    ['characters', words.flatMap(([word, at]) => hashesOf(word).map(hash => [hash, at] as [number, number]))],
    ['context', earlier.flatMap(({ text }) => wordHashes('x ', placedWords(text)).map(([hash]) => [hash] as [number]))],
    ['speaker', [[fnv1a(`s ${line.speaker}`)], ...(earlier.length > 0 ? [[fnv1a('s context')] as [number]] : [])]],
  ];
  return hashes.map(([group, found]) => {
    const buckets = new Map<number, Set<number>>();
    for (const [hash, word] of found) {
      const bucket = hash % header.buckets;
      const from = buckets.get(bucket) ?? new Set();
      if (word !== undefined) from.add(word);
      buckets.set(bucket, from);
    }
    return { share: header.groups[group] / Math.sqrt(Math.max(1, buckets.size)), buckets };
  });
}

/** Lower-case words of letters, digits and apostrophes, each with the place of the written word that it stands in. */
function placedWords(text: string): [word: string, at: number][] {
  return splitWords(text).flatMap((written, at) => normalWords(written).map(word => [word, at] as [string, number]));
}

function normalWords(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}']+/gu, ' ');
  return plain.split(' ').filter(Boolean);
}

/** The words, and each two neighbours, which count for both. */
function wordHashes(prefix: string, words: [word: string, at: number][]): [hash: number, word: number][] {
  return words.flatMap(([word, at], i) => {
    const [next, after] = words[i + 1] ?? [];
    const own: [number, number] = [fnv1a(prefix + word), at];
    if (next === undefined || after === undefined) return [own];
    const pair = fnv1a(`${prefix}${word} ${next}`);
    return [own, [pair, at], [pair, after]];
  });
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
