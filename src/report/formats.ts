import type { Report } from '../types.js';
import { renderCsv, renderCsvOfMany } from './csv.js';
import { renderHtml } from './html.js';
import { renderJson, renderJsonOfMany } from './json.js';
import { renderMarkdown } from './markdown.js';
import { renderSrt } from './srt.js';
import { renderVtt } from './vtt.js';

/** A way to write a call into a file. */
export interface Format {
  /** In a few words, for a choice. */
  about: string;
  /** Of the file, with its dot. */
  extension: string;
  render(report: Report): string;
  /** Many calls in one file, where the format can hold them. */
  renderMany?(reports: Iterable<Report>): Iterable<string>;
}

/** Every format that a call can be exported to. */
export const FORMATS = {
  json: { about: 'the whole report as data', extension: '.json', render: renderJson, renderMany: renderJsonOfMany },
  csv: {
    about: 'a table, a row a line of the call',
    extension: '.csv',
    render: renderCsv,
    renderMany: renderCsvOfMany,
  },
  md: { about: 'report and transcript as Markdown', extension: '.md', render: renderMarkdown },
  html: { about: 'report and transcript as a page to read or print', extension: '.html', render: renderHtml },
  srt: { about: 'subtitles with the flags', extension: '.srt', render: renderSrt },
  vtt: { about: 'subtitles with the flags, for the web', extension: '.vtt', render: renderVtt },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

/** The names of the formats, in the order in which they are offered. */
export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];
