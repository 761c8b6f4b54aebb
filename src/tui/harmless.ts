/** Characters that a terminal could obey, that reorder what it shows, or that break a line; and halves of characters. */
const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const STAND_IN = '\ufffd';

/**
 * Any data with every text in it made harmless; each character stands where it stood, so that spans still fit. What is harmless
 * already is not copied: with thousands of calls that would take longer than a person waits for a key.
 */
export function harmless<T>(data: T): T {
  if (typeof data === 'string') return data.replace(HARMFUL, STAND_IN) as T;
  if (typeof data !== 'object' || data === null) return data;
  let safe: Record<string, unknown> | null = null;
  const parts = data as Record<string, unknown>;
  for (const key of Object.keys(parts)) {
    const value = harmless(parts[key]);
    if (value === parts[key]) continue;
    safe ??= (Array.isArray(data) ? [...data] : { ...data }) as Record<string, unknown>;
    safe[key] = value;
  }
  return (safe ?? data) as T;
}
