import { OffRecordError } from '../errors.js';
import type { Database } from './connect.js';

const SHOWN_IDS = 3;

/**
 * The id of the one call that an id or the beginning of an id names.
 * @throws OffRecordError `failed` for an id that no call has, or that several begin with
 */
export function resolveId(db: Database, given: string): string {
  if (db.prepare('select 1 from calls where id = ?').get(given)) return given;
  const beginning = db.prepare(
    'select id from calls where substr(id, 1, length(@given)) = @given order by id limit @most',
  );
  const ids = given === '' ? [] : (beginning.pluck().all({ given, most: SHOWN_IDS + 1 }) as string[]);
  const [only] = ids;
  if (only === undefined)
    throw new OffRecordError('failed', `No call “${given}” is kept. See the ids with: offrecord list`);
  if (ids.length === 1) return only;
  const shown = ids.slice(0, SHOWN_IDS).join(', ') + (ids.length > SHOWN_IDS ? ', …' : '');
  throw new OffRecordError(
    'failed',
    `“${given}” is the beginning of several ids (${shown}). Type more of the one you mean.`,
  );
}
