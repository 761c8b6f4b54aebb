import { systemCode } from '../errors.js';
import type { Database } from './connect.js';
import { removeDraft } from './export-files.js';
import { findRecording } from './recordings.js';

/** No export takes so long: one that is older was killed. */
const LONGEST_MINUTES = 10;

/** Ends exports that were killed. Failing must not keep anyone from the store. */
export function settleExports(db: Database): void {
  const cutOff = db.prepare<[], { number: number; draft: string }>(`
    select number, draft from exports
    where draft is not null and julianday('now') - julianday(exported_at) > ${LONGEST_MINUTES} / 1440.0`);
  for (const cut of cutOff.all()) settleIfPossible(db, cut);
}

/** Where a disk is in the way, a later opening tries again. */
export function settleIfPossible(db: Database, { number, draft }: { number: number; draft: string }): void {
  try {
    settle(db, number, draft);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** The file is there now, and what was exported to its place before is not; but a draft that a kill left still is. */
export function finishExport(db: Database, number: number): void {
  db.prepare('update exports set draft = null where number = ?').run(number);
  db.prepare(`
    delete from exports where number <> @number and draft is null
      and path = (select path from exports where number = @number)`).run({ number });
}

/** Ends an export that was cut off: its draft goes, and it is remembered only where its file is there. */
function settle(db: Database, number: number, draft: string): void {
  removeDraft(draft);
  const end = db.transaction(() => {
    const cut = db
      .prepare<[number], { path: string; sha256: string | null }>('select path, sha256 from exports where number = ?')
      .get(number);
    if (cut === undefined) return;
    const { path, sha256 } = cut;
    if (sha256 !== null && findRecording({ path, sha256 }).state === 'there') finishExport(db, number);
    else db.prepare('delete from exports where number = ?').run(number);
  });
  end.immediate();
}
