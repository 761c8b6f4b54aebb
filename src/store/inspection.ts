import type { KeyWay } from './key-record.js';

/** What a look at a store found. Nothing of it was changed for that. */
export interface Inspection {
  /** `key-locked`: a passphrase is missing or wrong, or the keychain gives no key. `cut-off`: an earlier run was killed, and the next one must tidy up before anyone can look. */
  state:
    | 'none'
    | 'no-key'
    | 'key-locked'
    | 'wrong-key'
    | 'not-a-store'
    | 'unreadable'
    | 'damaged'
    | 'newer'
    | 'cut-off'
    | 'open';
  /** What was seen, where the state alone does not say it. */
  problem: string | null;
  /** How the key is kept; null where there is none, or it can't be told. */
  keyWay: KeyWay | null;
  /** Pages whose code does not fit; null where there is no key to prove them. */
  badPages: number[] | null;
  /** What SQLite says of the structure, `ok` at best; null where it could not look. */
  integrity: string | null;
  /** Lines in the search index, and utterances that should be there; null for a store that has no index yet. */
  index: { lines: number; utterances: number } | null;
  isPurgePending: boolean;
  isKeyChangePending: boolean;
  /** Stopped analyses that can go on. */
  unfinished: number;
}

/** Before the look. */
export const UNSEEN: Inspection = {
  state: 'none',
  problem: null,
  keyWay: null,
  badPages: null,
  integrity: null,
  index: null,
  isPurgePending: false,
  isKeyChangePending: false,
  unfinished: 0,
};
