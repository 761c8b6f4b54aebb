import { expect, test } from 'vitest';
import { renderCsv, renderCsvOfMany } from '../../src/report/csv.js';
import { reportOf } from '../store/reports.js';
import { HOSTILE, halfDismissed, hostileReport, UNSEEN } from './hostile.js';

/** Rows as objects by the names of their columns, read by RFC 4180; no cell of these tables has a line in it. */
function read(csv: string): Record<string, string>[] {
  const [names = [], ...rows] = csv.replace('\ufeff', '').split('\r\n').slice(0, -1).map(cellsOf);
  return rows.map(row => Object.fromEntries(row.map((cell, n) => [names[n] ?? '?', cell])));
}

function cellsOf(line: string): string[] {
  const cells = [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^",]*),/gy)].map(([, cell = '']) => cell);
  return cells.map(cell => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

test('a row for each utterance, with its flags and events, and without dismissed ones', () => {
  expect(read(renderCsv(halfDismissed()))).toMatchObject([
    { text: 'May I record this?', start: '0', labels: 'recording-request', scores: '0.900', events: 'asked' },
    { text: 'We need it by tonight.', start: '10', labels: '', severities: '', scores: '', events: '' },
    { text: 'No, thanks.', speaker: 'candidate', labels: '', events: 'consent-refused' },
  ]);
});

test('many calls are one table with one head, and no table is without it', () => {
  const csv = [...renderCsvOfMany([halfDismissed(), reportOf('other')])].join('');
  expect(read(csv).map(({ file }) => file)).toEqual(['half.wav', 'half.wav', 'half.wav', 'other.wav']);
  expect(csv.match(/call,file/g)).toHaveLength(1);
  expect([...renderCsvOfMany([])].join('')).toBe(csv.slice(0, csv.indexOf('\r\n') + 2));
});

test('no cell begins like a formula, breaks out of its place, or holds what nobody sees', () => {
  const csv = renderCsv(hostileReport());
  const rows = read(csv);
  expect(rows).toHaveLength(HOSTILE.length);
  for (const row of rows) {
    expect(Object.keys(row)).toHaveLength(16);
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
  }
  expect(rows[0]?.text).toBe(`'${HOSTILE[0]}`);
  expect(rows[0]?.company).toBe(`'${HOSTILE[0]}`);
  expect(rows[2]?.text).toBe("'-2+3");
  expect(csv).not.toMatch(UNSEEN);
});
