/** Words whose result is remembered: a call says the same ones again and again. */
const KNOWN_WORDS = 20_000;

/** The function, with its results for the words of late remembered. */
export function remember(make: (word: string) => number[]): (word: string) => number[] {
  const known = new Map<string, number[]>();
  return word => {
    const found = known.get(word) ?? make(word);
    if (known.size >= KNOWN_WORDS) known.clear();
    known.set(word, found);
    return found;
  };
}
