import { visibleText } from '../clean-text.js';
import type { Span } from '../types.js';

/** A text as HTML that shows it: nothing in it is read as a tag, an entity or the end of an attribute. */
export function escapeHtml(text: string): string {
  return visibleText(text)
    .replace(/\s+/g, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[&<>"'`]/g, sign => `&#${sign.charCodeAt(0)};`);
}

/** A text with some spans of it marked; a span that begins within another one is left out. */
export function withMarks(text: string, spans: Span[]): string {
  let [html, at] = ['', 0];
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    if (from < at || to <= from) continue;
    html += `${escapeHtml(text.slice(at, from))}<mark>${escapeHtml(text.slice(from, to))}</mark>`;
    at = to;
  }
  return html + escapeHtml(text.slice(at));
}
