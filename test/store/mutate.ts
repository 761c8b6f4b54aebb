/** Random numbers that are the same for the same seed (xorshift), so that a mutation that breaks something can be made again. */
export function randomFrom(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const PAGE = 4096;

/** Damages bytes in one of the ways in which files break: bits, blocks, pages at wrong places, a wrong end. */
export function mutate(bytes: Buffer, random: (below: number) => number): Buffer {
  const way = WAYS[random(WAYS.length)] as (typeof WAYS)[number];
  return way(Buffer.from(bytes), random);
}

const WAYS: ((bytes: Buffer, random: (below: number) => number) => Buffer)[] = [
  flipBits,
  zeroBlock,
  fillBlock,
  swapPages,
  cutOff,
  (bytes, random) => Buffer.concat([bytes, randomBytes(1 + random(2 * PAGE), random)]),
  (bytes, random) => spoilHead(bytes, random),
];

function flipBits(bytes: Buffer, random: (below: number) => number): Buffer {
  for (let n = 1 + random(8); n > 0; n--) {
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
  }
  return bytes;
}

function zeroBlock(bytes: Buffer, random: (below: number) => number): Buffer {
  const at = random(bytes.length);
  return bytes.fill(0, at, Math.min(bytes.length, at + 1 + random(PAGE)));
}

function fillBlock(bytes: Buffer, random: (below: number) => number): Buffer {
  const block = randomBytes(1 + random(PAGE), random);
  block.copy(bytes, random(bytes.length));
  return bytes;
}

function swapPages(bytes: Buffer, random: (below: number) => number): Buffer {
  const pages = Math.max(1, Math.floor(bytes.length / PAGE));
  const [one, other] = [random(pages) * PAGE, random(pages) * PAGE];
  const kept = Buffer.from(bytes.subarray(one, one + PAGE));
  bytes.copyWithin(one, other, other + PAGE);
  kept.copy(bytes, other);
  return bytes;
}

function cutOff(bytes: Buffer, random: (below: number) => number): Buffer {
  return bytes.subarray(0, random(bytes.length));
}

/** The first bytes decide what a file is taken for. */
function spoilHead(bytes: Buffer, random: (below: number) => number): Buffer {
  bytes[random(Math.min(64, bytes.length))] = random(256);
  return bytes;
}

function randomBytes(length: number, random: (below: number) => number): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)));
}
