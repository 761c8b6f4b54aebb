import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/report/schema.js';
import { withoutWords } from '../../src/store/strip-words.js';
import { reportOf } from '../store/reports.js';
import { HOSTILE, halfDismissed, hostileReport, UNSEEN } from './hostile.js';

/** Every place in a document that holds a value, as a path. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

/** A copy of a document with one place changed. */
function withChange(document: unknown, path: (string | number)[], change: (place: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(document);
  const copy = structuredClone(document) as Record<string | number, unknown>;
  copy[key] = withChange(copy[key], rest, change);
  return copy;
}

function valueAt(document: unknown, path: (string | number)[]): unknown {
  return path.reduce((place, key) => (place as Record<string | number, unknown>)[key], document);
}

function isObject(place: unknown): boolean {
  return typeof place === 'object' && place !== null && !Array.isArray(place);
}

function isSound(document: unknown): boolean {
  return reportSchema.safeParse(document).success;
}

/** A report in which nothing is null, so that every field has a kind. */
function fullReport() {
  const { timeline, ...report } = halfDismissed();
  const models = { ...report.models, whisper: { name: 'nano', revision: '1', dtype: 'q8' } };
  const call = { ...report.call, date: '2026-11-20', company: 'Wexcombe', role: 'Analyst' };
  return {
    ...report,
    call,
    models,
    notices: ['One.'],
    timeline: timeline.map(step => ({ ...step, flag: step.flag ?? 0 })),
  };
}

describe('a report', () => {
  test.each([
    ['of the program', reportOf('one')],
    ['with everything', fullReport()],
    ['whose words were deleted', withoutWords(halfDismissed(), '2026-11-21')],
    ['without flags', reportOf('none', {}, { flags: [], timeline: [] })],
  ])('%s is taken as it is', (_, report) => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test('is refused without any of its fields, with a value of another kind, and with a field too many', () => {
    const places = placesIn(fullReport());
    expect(places.length).toBeGreaterThan(100);
    const accepted = (change: (place: unknown) => unknown): string[] =>
      places.filter(path => isSound(withChange(fullReport(), path, change))).map(path => path.join('.'));
    expect(accepted(() => undefined)).toEqual([]);
    expect(accepted(() => ({}))).toEqual([]);
    expect(accepted(() => Number.NaN)).toEqual([]);
    const objects = places.filter(path => isObject(valueAt(fullReport(), path)));
    expect(objects.length).toBeGreaterThan(10);
    const add = (place: unknown): unknown => ({ ...(place as object), extra: 1 });
    const swallowed = objects.filter(path => isSound(withChange(fullReport(), path, add)));
    expect(swallowed).toEqual([]);
  });

  test.each<[what: string, path: (string | number)[], value: unknown]>([
    ['an id of another recording', ['call', 'id'], 'ffffffff'],
    ['a day that is none', ['call', 'date'], '2026-13-01'],
    ['a time without a zone', ['call', 'analyzedAt'], '2026-11-20T10:00:00'],
    ['a score over one', ['flags', 0, 'score'], 1.01],
    ['a label that is none', ['flags', 0, 'label'], 'gossip'],
    ['the family of another label', ['flags', 0, 'family'], 'pressure'],
    ['the severity of another label', ['flags', 0, 'severity'], 'critical'],
    ['a flag on no utterance', ['flags', 0, 'utterance'], 3],
    ['a span beyond the text', ['flags', 0, 'span'], [0, 19]],
    ['a span that runs backwards', ['flags', 0, 'span'], [2, 1]],
    ['a reason beyond the quote', ['flags', 0, 'why', 0, 'span'], [0, 99]],
    ['two flags with one id', ['flags', 1, 'id'], 0],
    ['an end before the start', ['utterances', 1, 'end'], 1],
    ['an utterance out of its place', ['utterances', 1, 'id'], 0],
    ['a time before the beginning', ['utterances', 0, 'start'], -1],
    ['a step of no utterance', ['timeline', 0, 'utterance'], 7],
    ['a step of no flag', ['timeline', 0, 'flag'], 7],
    ['no utterances', ['utterances'], []],
    ['an endless text', ['utterances', 0, 'text'], 'a'.repeat(100_001)],
    ['a newer schema', ['schema'], 'offrecord.report/2'],
  ])('with %s is refused', (_, path, value) => {
    expect(isSound(withChange(fullReport(), path, () => value))).toBe(false);
    expect(isSound(fullReport())).toBe(true);
  });

  test('loses what a terminal would obey', () => {
    const utterances = HOSTILE.map((text, id) => ({ ...fullReport().utterances[0], id, text }));
    const parsed = reportSchema.parse({ ...hostileReport(), utterances, flags: [], timeline: [] });
    expect(JSON.stringify(parsed)).not.toMatch(UNSEEN);
    expect(parsed.utterances.map(({ text }) => text).join('')).not.toMatch(/[\n\r\t]/);
  });
});
