import type { Database } from './connect.js';
import { readToDo } from './finish-purge.js';

/** How much is kept, without what. */
export interface Kept {
  calls: number;
  utterances: number;
  flags: number;
  /** Stopped analyses. */
  unfinished: number;
  /** When the call that is kept longest was last analysed: UTC, ISO 8601. */
  oldest: string | null;
  /** Lines in the search index. */
  searchable: number;
  /** Whether traces or a key that a purge should have destroyed are still there, as another process is in their way. */
  isPurgePending: boolean;
}

/** Counts what is kept. */
export function countKept(db: Database): Kept {
  const counts = db.prepare<[], Omit<Kept, 'isPurgePending'>>(`
    select count(*) as calls, coalesce(sum(utterance_count), 0) as utterances, coalesce(sum(flag_count), 0) as flags,
      (select count(distinct sha256) from checkpoints) as unfinished, min(analyzed_at) as oldest,
      (select count(*) from lines_docsize) as searchable
    from calls`);
  return { ...(counts.get() as Omit<Kept, 'isPurgePending'>), isPurgePending: readToDo(db) !== 0 };
}
