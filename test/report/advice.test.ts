import { describe, expect, test } from 'vitest';
import { adviseOn } from '../../src/report/advice.js';
import { renderAdvice } from '../../src/report/advice-text.js';
import { LAWS } from '../../src/report/laws.js';
import { painter } from '../../src/report/style.js';
import { withoutWords } from '../../src/store/strip-words.js';
import { LABEL_NAMES, LABELS } from '../../src/taxonomy.js';
import type { Label, Report } from '../../src/types.js';
import { makeFlag } from '../make.js';
import { reportOf } from '../store/reports.js';
import { halfDismissed, hostileReport, UNSEEN } from './hostile.js';

function reportWith(...labels: Label[]): Report {
  const flags = labels.map((label, n) => makeFlag(n, label, n));
  return reportOf('call', {}, { flags, timeline: [] });
}

function textOf(report: Report): string {
  return renderAdvice('3f2a91c0', adviseOn(report), { width: 80, paint: painter(false) });
}

describe('advice', () => {
  test.each(LABEL_NAMES)('on %s says what it is, what to say, and what to do now', label => {
    const [help, ...others] = adviseOn(reportWith(label)).flags;
    expect(others).toEqual([]);
    expect(help).toMatchObject({ label, name: LABELS[label].name, moments: [{ start: 0, quote: 'What was said.' }] });
    for (const text of [help?.say ?? '', help?.now ?? '']) expect(text).toMatch(/^[A-Z].{20,}[.?]$/);
    expect(textOf(reportWith(label))).toContain(`Say:  “${help?.say.slice(0, 20)}`);
  });

  test('puts the most serious first, and all moments of a label under it', () => {
    const { flags } = adviseOn(reportWith('urgency-scarcity', 'free-work', 'identity-or-money', 'free-work'));
    expect(flags.map(({ label, moments }) => [label, moments.map(({ start }) => start)])).toEqual([
      ['identity-or-money', [20]],
      ['free-work', [10, 30]],
      ['urgency-scarcity', [0]],
    ]);
  });

  test('is for this call only: no flag, no label, no law, no letter', () => {
    const clear = { ...reportWith(), verdict: { level: 'clear' as const, reasons: [] } };
    const advice = adviseOn(clear);
    expect(advice).toMatchObject({ level: 'clear', flags: [], answers: [], letters: [], laws: [] });
    expect(advice.nothing).toMatch(/^No red flag was found.*not proof/);
    expect(textOf(clear)).not.toMatch(/Say:|Letters|law/);
  });

  test('leaves out dismissed flags, and what was answered only to them', () => {
    const advice = adviseOn(halfDismissed());
    expect(advice.flags.map(({ label }) => label)).toEqual(['recording-request']);
    expect(advice.answers).toMatchObject([{ event: 'consent-refused', start: 20, quote: 'No, thanks.' }]);
    const report = halfDismissed();
    const all = { ...report, flags: report.flags.map(flag => ({ ...flag, dismissed: true })) };
    expect(adviseOn(all)).toMatchObject({ flags: [], answers: [], nothing: expect.any(String) });
  });

  test('speaks to you only where it is known that it was you', () => {
    const report = halfDismissed();
    const nobody = { ...report, utterances: report.utterances.map(one => ({ ...one, speaker: 'unknown' as const })) };
    expect(adviseOn(report).answers[0]?.finding).toBe('You said no: recording you.');
    expect(adviseOn(nobody).answers[0]?.finding).toBe('A no was heard: recording you.');
  });

  test('names each law with its place, its source and the warning, and only where the label has to do with it', () => {
    const { laws } = adviseOn(reportWith('surveillance', 'retention-or-sharing'));
    expect(laws).toHaveLength(6);
    for (const law of laws) expect(law).toMatch(/^[A-Z][^:]+: .+ \(.*(20\d\d).*\)\. Check before you rely on it\.$/);
    expect(adviseOn(reportWith('protected-trait', 'free-work', 'identity-or-money')).laws).toEqual([]);
    for (const { source } of Object.values(LAWS)) expect(source).toMatch(/20\d\d/);
  });

  test('of a call whose words were deleted quotes nothing', () => {
    const text = textOf(withoutWords(halfDismissed(), '2026-11-21'));
    expect(text).toMatch(/Asked to record you {2}high\n {2}0:00\n/);
    expect(text).toContain('The words of this call were deleted');
    expect(text).not.toContain('“”');
  });

  test('is harmless in a terminal whatever was said, and keeps within its width', () => {
    const text = textOf(hostileReport());
    expect(text).not.toMatch(UNSEEN);
    const lines = text.split('\n').filter(line => !line.includes('offrecord advise'));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });
});
