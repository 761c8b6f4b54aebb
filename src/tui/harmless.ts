/** Characters that a terminal could obey, that reorder what it shows, or that break a line; and halves of characters. */
const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const STAND_IN = '\ufffd';

/** Any data with every text in it made harmless; each character stands where it stood, so that spans still fit. */
export function harmless<T>(data: T): T {
  if (typeof data === 'string') return harmlessText(data) as T;
  if (Array.isArray(data)) return data.map(harmless) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, harmless(value)])) as T;
}

function harmlessText(text: string): string {
  return text.replace(HARMFUL, STAND_IN);
}
