/** What a body is, by its beginning: a mirror without large files sends pointers, a network with a log-in sends its page. */
export type Content = 'file' | 'pointer' | 'page';

const POINTER = 'version https://git-lfs';
const PAGE = /^\s*<(!doctype|html|head|\?xml)/i;
const BEGINNING = 200;

/** Judges the first bytes of a body and the type its server gave it. No model file begins like a page. */
export function contentOf(start: Uint8Array, type: string | undefined): Content {
  const text = new TextDecoder('latin1').decode(start.subarray(0, BEGINNING));
  if (text.startsWith(POINTER)) return 'pointer';
  return PAGE.test(text) || type?.startsWith('text/html') ? 'page' : 'file';
}
