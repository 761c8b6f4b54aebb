/** The nouns of the program. This file imports nothing. Times are seconds of recording time unless a name says otherwise. */

/** A person in the call, as seen from the candidate. `platform` is a voice or text of the meeting software. */
export type Speaker = 'candidate' | 'interviewer' | 'platform' | 'unknown';

/** Which side of the call each channel or name belongs to, as the user said it: `left`, `right` or a name → speaker. */
export type SpeakerMap = ReadonlyMap<string, Speaker>;

/** A time interval [start, end) with speech in it. */
export interface Segment {
  start: number;
  end: number;
}

/** The stretch of one channel that Whisper is given at once. */
export interface Window extends Segment {
  channel: number;
}

/**
 * How far the words of an utterance can be believed:
 * `given` stood in a transcript, `heard` came from Whisper, `doubtful` came from Whisper but a guard or the model's own card warns of them.
 */
export type Trust = 'given' | 'heard' | 'doubtful';

/** A timed piece of text before it becomes part of an utterance. Times are null where a transcript has none. */
export interface Piece {
  start: number | null;
  end: number | null;
  channel: number;
  speaker: Speaker;
  text: string;
  trust: Trust;
}

/** One speaker's consecutive words that make sense alone: one to three sentences, at most about 60 words. */
export interface Utterance extends Piece {
  id: number;
}

export type Label =
  | 'recording-request'
  | 'recording-announced'
  | 'one-way-interview'
  | 'recording-rationale'
  | 'everyone-does-this'
  | 'urgency-scarcity'
  | 'authority-shift'
  | 'refusal-pushback'
  | 'free-work'
  | 'method-extraction'
  | 'confidential-info'
  | 'identity-or-money'
  | 'surveillance'
  | 'retention-or-sharing'
  | 'protected-trait';

export type EventName = 'consent-given' | 'consent-refused' | 'data-question' | 'reassurance';

export type Family = 'recording' | 'pressure' | 'ip-harvesting' | 'data-harvesting';

export type Severity = 'medium' | 'high' | 'critical';

/** How readily something is flagged: `low` misses more and is seldom wrong, `high` misses less and is wrong more often. */
export const SENSITIVITIES = ['low', 'normal', 'high'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** A score between 0 and 1 for each label and event of one utterance, with the threshold that each must pass. */
export interface Scored {
  name: Label | EventName;
  score: number;
  threshold: number;
}

/** A word that weighed in a decision: what it adds to the log-odds of the label, and where it stands in the quote. */
export interface Reason {
  text: string;
  weight: number;
  span: Span;
}

/** Half-open range of characters in an utterance's text. */
export type Span = [start: number, end: number];

/** A label found in what was said to the candidate. Times are the utterance’s; the span is the sentence in it. */
export interface Flag {
  id: number;
  label: Label;
  family: Family;
  severity: Severity;
  score: number;
  threshold: number;
  utterance: number;
  start: number | null;
  end: number | null;
  quote: string;
  span: Span;
  why: Reason[];
  dismissed: boolean;
}

/**
 * One step of the consent timeline. `about` is the label it answers, `flag` the flag it is or belongs to, `after` the seconds since the
 * step before it about the same demand, null for the first and where a transcript has no times.
 */
export interface TimelineEvent {
  event: 'asked' | 'told' | 'pressed' | EventName;
  start: number | null;
  utterance: number;
  about: Label | null;
  flag: number | null;
  after: number | null;
}

/** From the most serious to the least. */
export const VERDICT_LEVELS = ['leave', 'ask', 'note', 'clear'] as const;
export type VerdictLevel = (typeof VERDICT_LEVELS)[number];

export interface Verdict {
  level: VerdictLevel;
  reasons: string[];
}

/** What is known of the source file and of the call. */
export interface Call {
  id: string;
  file: string;
  sha256: string;
  /** Seconds; null for a transcript without times. */
  duration: number | null;
  /** Channels kept apart (2: one speaker a side); 0 for a transcript. */
  channels: number;
  date: string | null;
  company: string | null;
  role: string | null;
  analyzedAt: string;
  kept: boolean;
  /** What the candidate noted about the call, where there is a note. Never part of an export. */
  note?: string;
}

export interface WhisperIdentity {
  name: string;
  revision: string;
  dtype: string;
}

export interface ClassifierIdentity {
  name: string;
  version: string;
  sha256: string;
  sensitivity: Sensitivity;
}

/** Seconds of work a stage; rtf = total / duration, null where there is no audio. */
export interface Timings {
  decode: number;
  vad: number;
  transcribe: number;
  classify: number;
  total: number;
  rtf: number | null;
}

/** What the program found in one call: the JSON that `analyze --json` prints and the store keeps. */
export interface Report {
  schema: 'offrecord.report/1';
  call: Call;
  models: { whisper: WhisperIdentity | null; classifier: ClassifierIdentity };
  timings: Timings;
  verdict: Verdict;
  /** Plain sentences about what could not be read or should not be relied on. */
  notices: string[];
  utterances: Utterance[];
  flags: Flag[];
  timeline: TimelineEvent[];
}

/** What the pipeline tells while it works. `done` and `total` are in the stage's own unit (seconds of audio, utterances). */
export interface Progress {
  stage: 'decode' | 'transcribe' | 'classify';
  done: number;
  total: number;
  /** Seconds until this stage ends, null while unknown. */
  eta: number | null;
}

/** What a group of calls has in it. Dismissed flags do not count. */
export interface CallTally {
  calls: number;
  flags: number;
  families: Record<Family, number>;
  verdicts: Record<VerdictLevel, number>;
}
