import { expect, test } from 'vitest';
import { renderJson, renderJsonOfMany } from '../../src/report/json.js';
import { reportOf } from '../store/reports.js';
import { halfDismissed } from './hostile.js';

test('one report is the report, dismissed flags and all', () => {
  expect(JSON.parse(renderJson(halfDismissed()))).toEqual(halfDismissed());
});

test.each([[0], [1], [3]])('%d reports are one document', count => {
  const reports = Array.from({ length: count }, (_, n) => reportOf(`call ${n}`));
  const document = [...renderJsonOfMany(reports)].join('');
  expect(JSON.parse(document)).toEqual({ schema: 'offrecord.reports/1', reports });
  expect(document.endsWith('\n')).toBe(true);
});
