import { FORMAT_NAMES, FORMATS } from '../../src/report/formats.js';
import { LETTER_NAMES, LETTERS } from '../../src/report/letters/letters.js';
import type { ListedCall } from '../../src/tui/api.js';
import { reduce } from '../../src/tui/reduce.js';
import { type Effect, type Event, initialState, type State } from '../../src/tui/state.js';
import type { Report, Speaker, VerdictLevel } from '../../src/types.js';
import { flagOf, reportOf } from '../store/reports.js';

const FORMATS_OFFERED = FORMAT_NAMES.map(name => ({
  name,
  about: FORMATS[name].about,
  extension: FORMATS[name].extension,
}));
const LETTERS_OFFERED = LETTER_NAMES.map(name => ({ name, about: LETTERS[name].about }));

/** The UI before anything is known. */
export function emptyState(columns = 80, rows = 24): State {
  return initialState({ columns, rows }, FORMATS_OFFERED, LETTERS_OFFERED);
}

/** The state after some events, and the effects of the last one. */
export function afterEvents(state: State, ...events: Event[]): { state: State; effects: Effect[] } {
  return events.reduce<{ state: State; effects: Effect[] }>((step, event) => reduce(step.state, event), {
    state,
    effects: [],
  });
}

export function keys(...names: string[]): Event[] {
  return names.map(key => ({ type: 'key', key }));
}

/** A list with one call of each verdict. */
export function libraryState(columns = 80, rows = 24): State {
  return afterEvents(emptyState(columns, rows), {
    type: 'calls',
    calls: listedCalls(),
    total: listedCalls().length,
    stopped: 0,
  }).state;
}

/** A call with three flags, open. */
export function callState(columns = 80, rows = 24, utterance: number | null = null): State {
  return afterEvents(libraryState(columns, rows), { type: 'opened', report: callReport(), utterance }).state;
}

export function listedCalls(): ListedCall[] {
  const { id } = callReport().call;
  return [
    listed(id, 'leave', { company: 'Wexcombe Staffing', role: 'Payroll clerk', date: '2026-11-27', kept: true }),
    listed('bbbb0002', 'ask', {
      company: 'Norrland 株式会社',
      role: 'Analyst',
      date: '2026-11-20',
      note: 'Kind, but vague.',
    }),
    listed('cccc0003', 'note', { file: 'meeting.m4a', date: '2026-11-02' }),
    listed('dddd0004', 'clear', { company: 'Zebra 🦓 Café', role: 'Développeuse', date: '2026-10-30' }),
  ];
}

function listed(id: string, verdict: VerdictLevel, parts: Partial<ListedCall>): ListedCall {
  const n = { leave: 3, ask: 1, note: 0, clear: 0 }[verdict];
  const flags = {
    recording: n,
    pressure: verdict === 'leave' || verdict === 'note' ? 1 : 0,
    'ip-harvesting': 0,
    'data-harvesting': n,
  };
  const nothing = { company: null, role: null, date: null, note: null, kept: false };
  return {
    id,
    file: `${id}.wav`,
    duration: 754,
    verdict,
    flags,
    analyzedAt: '2026-11-28T10:00:00.000Z',
    ...nothing,
    ...parts,
  };
}

const SAID: [Speaker, string][] = [
  ['interviewer', 'Thanks for taking the time today. Tell me a little about your last job.'],
  ['candidate', 'I ran payroll for two hundred people, and moved it to a new system.'],
  ['interviewer', 'Before we go on, I would like to record this call. Is that all right with you?'],
  ['candidate', 'I would rather not, thank you.'],
  ['interviewer', 'Come on, everyone does this, and nobody has ever said no.'],
  ['candidate', 'Still no. But I am glad to go on.'],
  ['interviewer', 'Fine. Please send me a scan of your passport this afternoon.'],
  ['candidate', 'I will show it when there is a contract.'],
];

/** A call of eight lines and three flags. */
export function callReport(): Report {
  const utterances = SAID.map(([speaker, text], id) => {
    const [start, channel] = [id * 12, speaker === 'candidate' ? 1 : 0];
    return { id, speaker, text, start, end: start + 9, channel, trust: 'heard' as const };
  });
  const quote = (id: number): string => utterances[id]?.text ?? '';
  const flags = [
    flagOf({
      id: 0,
      utterance: 2,
      start: 24,
      end: 33,
      quote: quote(2).slice(0, 55),
      span: [0, 55],
      why: [{ text: 'record', weight: 2, span: [33, 39] }],
    }),
    flagOf({
      id: 1,
      label: 'refusal-pushback',
      family: 'pressure',
      severity: 'critical',
      utterance: 4,
      start: 48,
      end: 57,
      quote: quote(4),
      span: [0, quote(4).length],
      why: [
        { text: 'everyone', weight: 1.5, span: [9, 17] },
        { text: 'no', weight: 1, span: [53, 55] },
      ],
    }),
    flagOf({
      id: 2,
      label: 'identity-or-money',
      family: 'data-harvesting',
      severity: 'critical',
      utterance: 6,
      start: 72,
      end: 81,
      quote: quote(6).slice(6),
      span: [6, quote(6).length],
      why: [{ text: 'passport', weight: 3, span: [30, 38] }],
    }),
  ];
  const verdict = {
    level: 'leave' as const,
    reasons: ['You said no at 0:36; they pressed on at 0:48.', 'They asked for identity or money data at 1:12.'],
  };
  const call = { company: 'Wexcombe Staffing', role: 'Payroll clerk', date: '2026-11-27', duration: 96 };
  return reportOf('wexcombe', call, {
    utterances,
    flags,
    verdict,
    timeline: [],
    notices: ['The words were heard by software, which mishears.'],
  });
}
