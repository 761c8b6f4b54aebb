import { expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { withoutWords } from '../../src/store/strip-words.js';
import { reportOf } from '../store/reports.js';
import { HOSTILE, halfDismissed, hostileReport, UNSEEN } from './hostile.js';

test('verdict, flags, steps and transcript, without dismissed flags', () => {
  const lines = renderMarkdown(halfDismissed()).split('\n');
  for (const line of [
    '# half.wav',
    '## Ask before you go on.',
    '### 0:00 Asked to record you (high)',
    '> “May I record this?”',
    '- 0:00 they asked: recording you',
    '- 0:20 you said no: recording you',
    '**0:00 Interviewer:** May I record this? **[Asked to record you]**',
    '**0:10 Interviewer:** We need it by tonight.',
    '**0:20 Candidate:** No, thanks.',
  ])
    expect(lines).toContain(line);
  expect(lines.join('\n')).not.toMatch(/Rushed you|pressed/);
});

test('no hostile text becomes a heading, a link, a picture, a tag or a paragraph of its own', () => {
  const markdown = renderMarkdown(hostileReport());
  const plain = markdown.replace(/\\[^a-z0-9]/gi, '').replaceAll(/\*\*[^*\n]*\*\*/g, '');
  expect(plain).not.toMatch(/[[\]<`]|!\[|\]\(/);
  expect(markdown.match(/^# /gm)).toHaveLength(1);
  expect(markdown.match(/^\*\*\d:\d\d Interviewer:\*\* /gm)).toHaveLength(HOSTILE.length);
  expect(markdown).not.toMatch(UNSEEN);
});

test('a call whose words were deleted still says what was found', () => {
  const markdown = renderMarkdown(withoutWords(halfDismissed(), '2026-11-21'));
  expect(markdown).toContain('Asked to record you (high)');
  expect(markdown).toContain('The words of this call were deleted on 2026-11-21');
  expect(markdown).not.toMatch(/Transcript|“”|> /);
});

test('words that can’t be relied on are said to be so first, and never read as an all-clear', () => {
  const { utterances, ...report } = reportOf('doubtful', {}, { flags: [], notices: ['Only a demonstration.'] });
  const doubtful = utterances.map(one => ({ ...one, trust: 'doubtful' as const }));
  const verdict = { level: 'clear' as const, reasons: ['None found.'] };
  for (const render of [renderMarkdown, renderHtml]) {
    const text = render({ ...report, verdict, utterances: doubtful });
    expect(text).toMatch(/in words that can’t be relied on.*Only a demonstration.*Transcript/s);
    expect(render({ ...report, verdict, utterances })).toContain('No red flags found.');
  }
});
