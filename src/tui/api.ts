import type { ListedCall } from '../report/list.js';
import type { Flag, Label, Report, Span, Speaker } from '../types.js';

export type { ListedCall };

/** What the terminal UI can have done. Its command hands it these functions: it knows neither store nor pipeline. */
export interface Api {
  /** The calls, or so many of the newest; `total` counts all. */
  list(most?: number): { calls: ListedCall[]; total: number; stopped: number };
  /** Changes when something else has changed what is kept. */
  version(): number;
  get(id: string): Report;
  search(words: string): Hit[];
  idsWithLabel(label: Label): string[];
  dismiss(id: string, flag: number, dismissed: boolean): Report;
  edit(id: string, edits: CallEdits): void;
  keep(id: string, kept: boolean): void;
  plan(id: string, withRecordings: boolean): string[];
  purge(id: string, withRecordings: boolean): string[];
  advice(id: string, width: number): string[];
  formats: Choice[];
  /** Returns the path that was written. */
  exportCall(id: string, format: string, path: string): string;
  letters: Choice[];
  letter(id: string, name: string): { text: string[]; notes: string[] };
  saveLetter(id: string, name: string, path: string): string;
  saveClip(id: string, flag: Flag, path: string): Promise<string>;
  complete(path: string): string[];
  analyze(path: string, onProgress: (step: WorkStep) => void): Analysis;
}

/** Something to choose, with a few words about it. */
export interface Choice {
  name: string;
  about: string;
  /** Of a file, with its dot. */
  extension?: string;
}

export interface CallEdits {
  company: string;
  role: string;
  date: string;
  note: string;
}

/** A line that a search found. */
export interface Hit {
  call: { id: string; file: string; date: string | null; company: string | null; analyzedAt: string };
  utterance: number;
  start: number | null;
  speaker: Speaker;
  text: string;
  marks: Span[];
}

/** How far an analysis is: in words, and as a share of its stage. */
export interface WorkStep {
  text: string;
  share: number | null;
}

/** An analysis that runs elsewhere. */
export interface Analysis {
  /** The id of the call, and what there is to know of it. */
  done: Promise<{ id: string; notices: string[] }>;
  stop(): void;
}
