import type { Span } from '../types.js';

/** Sentences of a text as ranges without the white space around them. */
export function sentenceSpans(text: string): Span[] {
  return [...text.matchAll(/\S.*?(?:[.?!…]+["'”’)\]]*(?=\s)|$)/gsu)].map(match => [
    match.index,
    match.index + match[0].trimEnd().length,
  ]);
}
