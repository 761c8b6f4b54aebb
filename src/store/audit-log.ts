import type { Database } from './connect.js';

/** What a call can be exported as. */
export type ExportKind = 'json' | 'csv' | 'md' | 'html' | 'srt' | 'vtt' | 'letter' | 'advice' | 'clip';

/** What the log tells of. `read` is a report that was shown, `listed` a list of calls, `expired` what purged itself. */
export type AuditEvent =
  | 'analyzed'
  | 'read'
  | 'listed'
  | 'searched'
  | `exported-${ExportKind}`
  | 'edited'
  | 'dismissed'
  | 'restored'
  | 'pinned'
  | 'unpinned'
  | 'retention-set'
  | 'retention-off'
  | 'expired'
  | 'purged'
  | 'words-purged'
  | 'recordings-purged'
  | 'key-changed'
  | 'lock-changed';

/** Numbers and an id; there is no room for words, names or paths. */
export interface AuditDetails {
  /** Id of the one call that it is about. */
  call?: string;
  calls?: number;
  utterances?: number;
  flags?: number;
  days?: number;
}

/** One line of the log. */
export interface AuditEntry {
  /** UTC, ISO 8601. */
  at: string;
  event: AuditEvent;
  /** The command of the program that did it. */
  command: string;
  call: string | null;
  calls: number | null;
  utterances: number | null;
  flags: number | null;
  days: number | null;
}

/** The table refuses to change or lose a line, and to take an id or a command that could hold words. */
export const AUDIT_LOG_SCHEMA = `
  create table audit_log (
    number integer primary key autoincrement,
    at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    event text not null check (event not glob '*[^a-z-]*' and length(event) <= 20),
    command text not null check (command not glob '*[^a-z-]*' and length(command) <= 20),
    call_id text check (call_id not glob '*[^0-9a-f]*' and length(call_id) between 8 and 64),
    calls integer,
    utterances integer,
    flags integer,
    days integer
  ) strict;
  create trigger audit_log_keeps_lines before delete on audit_log
    begin select raise(abort, 'the audit log is append-only'); end;
  create trigger audit_log_keeps_places before insert on audit_log
    when exists (select 1 from audit_log where number = new.number)
    begin select raise(abort, 'the audit log is append-only'); end;
  create trigger audit_log_keeps_words before update on audit_log
    begin select raise(abort, 'the audit log is append-only'); end`;

const NO_COMMAND = 'none';
let command = NO_COMMAND;

/** Says which command this process runs; its name stands in every entry. */
export function nameCommand(name: string): void {
  command = /^[a-z-]{1,20}$/.test(name) ? name : NO_COMMAND;
}

/** Adds a line to the log. Call it in the transaction of what it tells of: then neither is without the other. */
export function record(db: Database, event: AuditEvent, details: AuditDetails = {}): void {
  const { call, calls = null, utterances = null, flags = null, days = null } = details;
  db.prepare(`
    insert into audit_log (event, command, call_id, calls, utterances, flags, days)
      values (@event, @command, @call, @calls, @utterances, @flags, @days)`).run({
    event,
    command,
    call: isHexId(call) ? call : null,
    calls,
    utterances,
    flags,
    days,
  });
}

/** An id that came from elsewhere could be made of words; such a one is left out. */
function isHexId(id: string | undefined): id is string {
  return id !== undefined && /^[0-9a-f]{8,64}$/.test(id);
}

/** The newest lines of the log, oldest first. */
export function readLog(db: Database, most = Number.MAX_SAFE_INTEGER): AuditEntry[] {
  const rows = db.prepare<[number], AuditEntry>(`
    select at, event, command, call_id as call, calls, utterances, flags, days
    from audit_log order by number desc limit ?`);
  return rows.all(most).reverse();
}

/** Replaces the log by an empty one: with everything else, what was done with it goes too. */
export function beginNewLog(db: Database): void {
  // Dropping a table fires no trigger, which deleting its lines would.
  db.exec(`drop table audit_log; ${AUDIT_LOG_SCHEMA}`);
}
