import Sqlite from 'better-sqlite3';
import { MIGRATIONS, migrate } from '../../src/store/migrations.js';
import { saveReport } from '../../src/store/reports.js';
import type { Report } from '../../src/types.js';

/** Makes of an empty database one as an earlier version of the program left it, after so many steps and with these calls. */
export function makeOldStore(db: Sqlite.Database, steps: number, reports: Report[]): void {
  const newer = new Sqlite(':memory:');
  migrate(newer);
  for (const report of reports) saveReport(newer, report);
  migrate(db, MIGRATIONS.slice(0, steps));
  const columns = db.prepare("select name from pragma_table_info('calls')").pluck().all() as string[];
  const insert = db.prepare(`insert into calls values (${columns.map(name => `@${name}`).join(', ')})`);
  const rows = newer.prepare(`select ${columns.join(', ')} from calls`).all();
  db.transaction(() => rows.forEach(row => void insert.run(row)))();
  newer.close();
}
