const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const ANSI = new RegExp(
  [`${ESC}\\[[0-?]*[ -/]*[@-~]`, `${ESC}\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)`, `${ESC}[@-Z]`].join('|'),
  'g',
);
/** Characters that show nothing, and those that reorder what a terminal shows. White space is kept for later. */
const UNSEEN = /[^\P{Cc}\s]|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** A longer "word" is no word; it is broken so that no utterance grows without limit. */
const LONG_WORD = /\S{200}(?=\S)/gu;

/** A text of any origin → one line of visible text: no terminal escapes, no control characters, single spaces. */
export function cleanText(text: string): string {
  return visibleText(text)
    .replace(/\s+/g, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(LONG_WORD, '$& ')
    .trim();
}

/** The text without terminal escapes and characters that show nothing; its lines stay. */
export function visibleText(text: string): string {
  return text.replace(ANSI, '').replace(UNSEEN, '');
}

/** How many words a cleaned text has. */
export function countWords(text: string): number {
  return text === '' ? 0 : text.split(' ').length;
}
