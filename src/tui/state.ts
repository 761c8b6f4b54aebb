import type { Family, Label, Report, VerdictLevel } from '../types.js';
import type { CallEdits, Choice, Hit, ListedCall } from './api.js';
import type { Size, Tone } from './frame.js';
import type { TextField } from './text-field.js';

/** All that the UI shows, as data: the reducer alone changes it. */
export interface State {
  size: Size;
  screen: 'library' | 'call';
  calls: ListedCall[];
  /** How many are kept: at first only the newest are here. */
  total: number;
  /** The calls that the filter lets through, sorted. */
  shown: ListedCall[];
  selected: number;
  sort: Sort;
  filter: Filter | null;
  /** Stopped analyses that can go on. */
  stopped: number;
  works: Work[];
  hits: Hits | null;
  call: OpenCall | null;
  /** The last one is in front. */
  dialogs: Dialog[];
  message: Message | null;
  formats: Choice[];
  letters: Choice[];
}

export const SORTS = ['date', 'company', 'verdict', 'flags', 'length'] as const;
export type Sort = (typeof SORTS)[number];

export type Filter =
  | { kind: 'verdict'; name: VerdictLevel }
  | { kind: 'family'; name: Family }
  | { kind: 'label'; name: Label; ids: string[] };

/** An analysis that was asked for. */
export interface Work {
  number: number;
  path: string;
  phase: 'waiting' | 'running' | 'failed';
  text: string;
  share: number | null;
}

export interface Hits {
  words: string;
  lines: Hit[];
  selected: number;
}

export const PANES = ['flags', 'details', 'transcript'] as const;
export type Pane = (typeof PANES)[number];

/** The call that is looked at, and where in it. */
export interface OpenCall {
  report: Report;
  /** Place in the list of flags; -1 where there is none. */
  flag: number;
  /** Place in the list of utterances. */
  at: number;
  /** First row of that utterance that is shown: one can be higher than the pane. */
  row: number;
  pane: Pane;
  detailsTop: number;
}

export interface Message {
  text: string;
  tone: Tone;
}

export type Dialog = Reader | Choosing | Prompt | Form | PurgeDialog;

/** A text to scroll in. */
export interface Reader {
  kind: 'reader';
  about: 'help' | 'advice' | 'letter' | 'outcome';
  title: string;
  lines: string[];
  top: number;
  call: string | null;
  letter: string | null;
}

/** One of several things to choose. */
export interface Choosing {
  kind: 'choice';
  title: string;
  options: Choice[];
  selected: number;
  use: 'filter' | 'export' | 'letter';
  call: string | null;
}

/** One line to type. */
export interface Prompt {
  kind: 'prompt';
  title: string;
  field: TextField;
  completions: string[];
  use: 'search' | 'analyze' | 'export' | 'letter' | 'clip';
  call: string | null;
  /** Format or letter. */
  name: string | null;
}

/** What is said of a call. */
export interface Form {
  kind: 'form';
  call: string;
  fields: { name: keyof CallEdits; label: string; field: TextField }[];
  at: number;
}

/** What a purge would delete, and the word that must be typed. */
export interface PurgeDialog {
  kind: 'purge';
  call: string;
  lines: string[];
  withRecordings: boolean;
  field: TextField;
}

/** What happens to the UI. */
export type Event =
  | { type: 'key'; key: string }
  | { type: 'size'; size: Size }
  | { type: 'calls'; calls: ListedCall[]; total: number; stopped: number }
  | { type: 'hits'; words: string; lines: Hit[] }
  | { type: 'labelled'; label: Label; ids: string[] }
  | { type: 'opened'; report: Report; utterance: number | null }
  | { type: 'report'; report: Report }
  | { type: 'plan'; call: string; lines: string[]; withRecordings: boolean }
  | { type: 'purged'; call: string; lines: string[] }
  | { type: 'text'; about: Reader['about']; title: string; lines: string[]; call: string; letter: string | null }
  | { type: 'completions'; paths: string[]; typed: string }
  | { type: 'edited' }
  | { type: 'message'; message: Message }
  | { type: 'work'; number: number; text: string; share: number | null }
  | { type: 'work-done'; number: number; id: string; notices: string[] }
  | { type: 'work-failed'; number: number; text: string };

/** What the reducer wants done outside. Each leads to events. */
export type Effect =
  | { do: 'quit' }
  | { do: 'suspend' }
  | { do: 'refresh' }
  | { do: 'open'; id: string; utterance: number | null }
  | { do: 'search'; words: string }
  | { do: 'find-label'; label: Label }
  | { do: 'dismiss'; id: string; flag: number; dismissed: boolean }
  | { do: 'edit'; id: string; edits: CallEdits }
  | { do: 'keep'; id: string; kept: boolean }
  | { do: 'plan'; id: string; withRecordings: boolean }
  | { do: 'purge'; id: string; withRecordings: boolean }
  | { do: 'advice'; id: string; width: number }
  | { do: 'letter'; id: string; name: string; title: string }
  | { do: 'save-letter'; id: string; name: string; path: string }
  | { do: 'export'; id: string; format: string; path: string }
  | { do: 'clip'; id: string; flag: number; path: string }
  | { do: 'complete'; path: string }
  | { do: 'analyze'; number: number; path: string }
  | { do: 'stop' };

/** A new state, and what is to be done. */
export interface Step {
  state: State;
  effects: Effect[];
}

export function step(state: State, ...effects: Effect[]): Step {
  return { state, effects };
}

/** The state before anything is known. */
export function initialState(size: Size, formats: Choice[], letters: Choice[]): State {
  const lists = { calls: [], shown: [], works: [], dialogs: [], formats, letters };
  const nothing = { filter: null, hits: null, call: null, message: null };
  return { size, screen: 'library', ...lists, ...nothing, selected: 0, sort: 'date', stopped: 0, total: 0 };
}
