import { SHORTEST_BYTES } from './fragments.js';

/** Where the last four bytes of the shortest length begin. */
const TAIL = SHORTEST_BYTES - 4;
const FILTER_BITS = 22;
/** An odd number far from any pattern, so that similar beginnings spread over the filter (2^32 divided by the golden ratio). */
const SPREAD = 0x9e3779b1;

/** Finds any of many fragments in bytes, in one pass whatever their number. */
export class FragmentFinder {
  readonly #fragments = new Map<string, Buffer>();
  /** The bytes that every fragment has at least → the fragments that begin so. */
  readonly #byStart = new Map<string, Buffer[]>();
  /** Whether any fragment begins in such a way: tells nearly all places apart without a look-up. */
  readonly #mayStart = new Uint8Array(1 << FILTER_BITS);

  constructor(fragments: Iterable<Buffer>) {
    for (const fragment of fragments) this.#fragments.set(fragment.toString('latin1'), fragment);
    for (const [text, fragment] of this.#fragments) {
      const start = text.slice(0, SHORTEST_BYTES);
      const others = this.#byStart.get(start);
      if (others) others.push(fragment);
      else this.#byStart.set(start, [fragment]);
      this.#mayStart[slotOf(fragment.readInt32BE(0), fragment.readInt32BE(TAIL))] = 1;
    }
  }

  /** The fragments, each once. */
  get fragments(): Buffer[] {
    return [...this.#fragments.values()];
  }

  /** Whether any fragment occurs in bytes. */
  isIn(bytes: Buffer): boolean {
    return !this.findIn(bytes).next().done;
  }

  /** The fragments that occur in bytes, one for each place. */
  *findIn(bytes: Buffer): Generator<Buffer> {
    for (
      let at = nextCandidate(bytes, 0, this.#mayStart);
      at !== -1;
      at = nextCandidate(bytes, at + 1, this.#mayStart)
    ) {
      const candidates = this.#byStart.get(bytes.toString('latin1', at, at + SHORTEST_BYTES)) ?? [];
      for (const fragment of candidates) if (bytes.subarray(at, at + fragment.length).equals(fragment)) yield fragment;
    }
  }
}

/** The next place where a fragment may begin, or -1. Every byte of every file goes through here: each is read only twice. */
function nextCandidate(bytes: Buffer, from: number, mayStart: Uint8Array): number {
  const last = bytes.length - SHORTEST_BYTES;
  if (from > last) return -1;
  let [head, tail] = [bytes.readInt32BE(from), bytes.readInt32BE(from + TAIL)];
  for (let at = from; ; at++) {
    if (mayStart[slotOf(head, tail)] === 1) return at;
    if (at === last) return -1;
    head = (head << 8) | (bytes[at + 4] as number);
    tail = (tail << 8) | (bytes[at + SHORTEST_BYTES] as number);
  }
}

/** By the first four bytes and the last four of the shortest length: common beginnings of sentences still differ there. */
function slotOf(head: number, tail: number): number {
  return Math.imul(Math.imul(head, SPREAD) ^ tail, SPREAD) >>> (32 - FILTER_BITS);
}
