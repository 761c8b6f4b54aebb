import { expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.js';
import { escapeHtml, withMarks } from '../../src/report/html-text.js';
import { halfDismissed, hostileReport, UNSEEN } from './hostile.js';

/** Every tag that the page itself has. */
const OWN_TAGS =
  /^<(!doctype html|\/?(html|head|body|header|section|h[123]|p|ul|li|article|blockquote|bdi|mark|time|span|div|footer|title|style|meta))( (lang|class|charset|name|content|http-equiv)="[^"<>]*")*>$/;

test('verdict, flags, steps and transcript, without dismissed flags', () => {
  const html = renderHtml(halfDismissed());
  expect(html).toContain('<h2>Ask before you go on.</h2>');
  expect(html).toContain('<blockquote><bdi>“May I record this?”</bdi></blockquote>');
  expect(html).toContain('<li><time>0:20</time> you said no: recording you</li>');
  expect(html).toContain('<mark>May I record this?</mark></bdi> <span class="flag">Asked to record you</span>');
  expect(html).toContain('<bdi>We need it by tonight.</bdi></p>');
  expect(html).not.toMatch(/Rushed you|they pressed/);
});

test('hostile text becomes no tag, no attribute, no request, and nothing unseen', () => {
  const html = renderHtml(hostileReport());
  const body = html.replace(/<style>[^<]*<\/style>/, '<style></style>');
  const tags = body.match(/<[^>]*>/g) ?? [];
  expect(tags.length).toBeGreaterThan(100);
  expect(tags.filter(tag => !OWN_TAGS.test(tag))).toEqual([]);
  expect(html.match(/<style>([^<]*)<\/style>/)?.[1]).not.toMatch(/url\(|@import|@font-face|http/);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(UNSEEN);
});

test('the page has both colour schemes and a style for print', () => {
  const html = renderHtml(halfDismissed());
  for (const rule of ['prefers-color-scheme: dark', '@media print', 'color-scheme: light dark'])
    expect(html).toContain(rule);
});

test.each([
  ['one span', [[2, 4]], 'a <mark>&#60;b</mark>&#62; c'],
  [
    'two that overlap',
    [
      [0, 3],
      [2, 5],
    ],
    '<mark>a &#60;</mark>b&#62; c',
  ],
  ['an empty one', [[1, 1]], 'a &#60;b&#62; c'],
  ['the whole', [[0, 7]], '<mark>a &#60;b&#62; c</mark>'],
] as [string, [number, number][], string][])('marks of %s', (_, spans, html) => {
  expect(withMarks('a <b> c', spans)).toBe(html);
});

test('escaped text is what it was when a browser reads it', () => {
  const read = escapeHtml(`<&>"'\``).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  expect(read).toBe(`<&>"'\``);
});
