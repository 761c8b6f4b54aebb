import type { Piece } from '../types.js';
import type { Database } from './connect.js';

interface CheckpointRow {
  window_key: string;
  pieces: string;
}

/** What was transcribed of a recording with these settings before its analysis was stopped: window → its pieces. */
export function readCheckpoints(db: Database, sha256: string, settings: string): Map<string, Piece[]> {
  const rows = db.prepare<[string, string], CheckpointRow>(
    'select window_key, pieces from checkpoints where sha256 = ? and settings = ? order by window_key',
  );
  return new Map(rows.all(sha256, settings).map(row => [row.window_key, JSON.parse(row.pieces) as Piece[]]));
}

/** Remembers the pieces of one window; the same window again replaces them. */
export function saveCheckpoint(
  db: Database,
  sha256: string,
  settings: string,
  windowKey: string,
  pieces: Piece[],
): void {
  db.prepare(`
    insert into checkpoints (sha256, settings, window_key, pieces) values (?, ?, ?, ?)
    on conflict do update set pieces = excluded.pieces, saved_at = excluded.saved_at`).run(
    sha256,
    settings,
    windowKey,
    JSON.stringify(pieces),
  );
}

/** Forgets what was transcribed of a recording, whatever the settings. */
export function clearCheckpoints(db: Database, sha256: string): void {
  db.prepare('delete from checkpoints where sha256 = ?').run(sha256);
}

/** An analysis that was stopped: its words so far are kept under the beginning of the recording's sha256. */
export interface Unfinished {
  id: string;
  windows: number;
}

/** How much of a recording's sha256 names its stopped analysis. */
export const ID_LENGTH = 8;

/** The analyses that were stopped and can go on. */
export function listUnfinished(db: Database): Unfinished[] {
  return db
    .prepare<[number], Unfinished>(
      'select substr(sha256, 1, ?) as id, count(*) as windows from checkpoints group by sha256 order by max(saved_at)',
    )
    .all(ID_LENGTH);
}

/** Forgets the stopped analyses whose id is one of these; returns the ids that were found. */
export function forgetUnfinished(db: Database, ids: string[]): string[] {
  const remove = db.prepare('delete from checkpoints where substr(sha256, 1, ?) = ?');
  return ids.filter(id => id.length === ID_LENGTH && remove.run(ID_LENGTH, id).changes > 0);
}
