import type { Report } from '../types.js';

/** The whole report, dismissed flags included and marked: `offrecord import` reads it again. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Many reports in one document. */
export function* renderJsonOfMany(reports: Iterable<Report>): Generator<string> {
  let before = '{ "schema": "offrecord.reports/1", "reports": [\n';
  for (const report of reports) {
    yield before + JSON.stringify(report);
    before = ',\n';
  }
  yield before.startsWith('{') ? `${before}] }\n` : '\n] }\n';
}
