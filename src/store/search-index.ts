import type { Database } from './connect.js';
import { LINES_TABLE } from './search-schema.js';

/** Deletes every line of the index at once; line by line, thousands of calls would take an hour. */
export function emptyIndex(db: Database): void {
  db.exec(`drop table lines; ${LINES_TABLE}`);
}

/**
 * Writes the whole index anew, from the lines that are there. Deleting takes words out of the index's pages, but not out of the
 * beginnings of words by which it finds a page. FTS5 leaves an index in one piece as it is, so a second piece is added first.
 */
export function rewriteIndex(db: Database): void {
  const rewrite = db.transaction(() => {
    db.exec(`
      insert into lines (rowid, text) values (-1, 'line');
      insert into lines (lines) values ('optimize');
      delete from lines where rowid = -1`);
  });
  rewrite.immediate();
}
