import type { Database } from './connect.js';
import type { FragmentFinder } from './fragment-finder.js';

/** What was looked through inside the unlocked database, and where fragments were found. */
export interface SearchedInside {
  tables: number;
  values: number;
  /** Bytes of unlocked pages, free ones included; 0 where the database is too big to hold in memory. */
  pageBytes: number;
  found: string[];
}

const MOST_PAGE_BYTES = 256 * 1024 * 1024;

/** Searches every value of every table, and all pages, of the unlocked database. */
export function searchInside(db: Database, finder: FragmentFinder): SearchedInside {
  const tables = db
    .prepare("select name from sqlite_master where type = 'table' union all select 'sqlite_master'")
    .pluck()
    .all() as string[];
  const searched: SearchedInside = { tables: tables.length, values: 0, pageBytes: 0, found: [] };
  const look = db.transaction(() => {
    for (const table of tables) searchTable(db, table, finder, searched);
    searchPages(db, finder, searched);
  });
  look();
  searched.found = [...new Set(searched.found)];
  return searched;
}

function searchTable(db: Database, table: string, finder: FragmentFinder, searched: SearchedInside): void {
  const read = db.prepare(`select * from "${table.replaceAll('"', '""')}"`);
  const names = read.columns().map(({ name }) => name);
  for (const row of read.raw().iterate() as Iterable<unknown[]>) {
    for (const [n, value] of row.entries()) {
      if (typeof value !== 'string' && !Buffer.isBuffer(value)) continue;
      searched.values++;
      if (finder.isIn(typeof value === 'string' ? Buffer.from(value) : value))
        searched.found.push(`table ${table}, column ${names[n]}`);
    }
  }
}

/** Deleted rows would show here even where no table has them any more. */
function searchPages(db: Database, finder: FragmentFinder, searched: SearchedInside): void {
  const [count, size] = ['page_count', 'page_size'].map(name => Number(db.pragma(name, { simple: true })));
  if ((count ?? 0) * (size ?? 0) > MOST_PAGE_BYTES) return;
  const pages = db.serialize();
  searched.pageBytes = pages.length;
  if (finder.isIn(pages)) searched.found.push('unlocked pages of the database');
  pages.fill(0);
}
