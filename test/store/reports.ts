import { createHash } from 'node:crypto';
import type { Call, Flag, Piece, Report } from '../../src/types.js';

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A report of an invented recording; the same name is the same recording. */
export function reportOf(name: string, call: Partial<Call> = {}, parts: Partial<Report> = {}): Report {
  const sha256 = sha256Of(name);
  return {
    schema: 'offrecord.report/1',
    call: {
      id: sha256.slice(0, 8),
      file: `${name}.wav`,
      sha256,
      duration: 61.5,
      channels: 2,
      date: null,
      company: null,
      role: null,
      analyzedAt: '2026-11-20T10:00:00.000Z',
      kept: false,
      ...call,
    },
    models: {
      whisper: null,
      classifier: { name: 'red-flags', version: '1', sha256: sha256Of('weights'), sensitivity: 'normal' },
    },
    timings: { decode: 1, vad: 1, transcribe: 1, classify: 1, total: 4, rtf: 0.07 },
    verdict: { level: 'ask', reasons: ['They asked to record you.'] },
    notices: [],
    utterances: [{ id: 0, ...pieceOf('Do you mind if I record?') }],
    flags: [flagOf({})],
    timeline: [{ event: 'asked', start: 0, utterance: 0, about: 'recording-request', flag: 0, after: null }],
    ...parts,
  };
}

/** Words that stand nowhere else, one for each place that a call can leave traces in. */
export const CANARIES = ['canarytext', 'canaryquote', 'canarywhy', 'canarycompany', 'canaryrole', 'canaryfile'];

/** A report of the recording `canaryfile` with a canary in every place that holds words. */
export function canaryReport(): Report {
  const utterances = Array.from({ length: 200 }, (_, id) => ({ id, ...pieceOf(`canarytext number ${id}`) }));
  const why = [{ text: 'canarywhy', weight: 0.5, span: [0, 9] as [number, number] }];
  const flags = [flagOf({ quote: 'canaryquote of some length', why })];
  return reportOf('canaryfile', { company: 'canarycompany', role: 'canaryrole' }, { utterances, flags });
}

export function pieceOf(text: string): Piece {
  return { start: 0, end: 2.5, channel: 1, speaker: 'interviewer', text, trust: 'heard' };
}

export function flagOf(parts: Partial<Flag>): Flag {
  return {
    id: 0,
    label: 'recording-request',
    family: 'recording',
    severity: 'high',
    score: 0.9,
    threshold: 0.5,
    utterance: 0,
    start: 0,
    end: 2.5,
    quote: 'Do you mind if I record?',
    span: [0, 24],
    why: [{ text: 'record', weight: 0.5, span: [17, 23] }],
    dismissed: false,
    ...parts,
  };
}
