/** Bits of a line's number for its place in the call, and below the day for call and place. */
export const LINE_BITS = 19;
export const DAY_SHIFT = 41;
/** The Julian day that counts as day 0: with it every day of the years 0 to 9999 is positive. */
export const FIRST_DAY = 1721059.5;

/** The day of a call: the one that was said, else the one of its analysis. */
const DAY = `cast(coalesce(julianday(date), julianday(substr(analyzed_at, 1, 10)), ${FIRST_DAY}) - ${FIRST_DAY} as integer)`;

/** A call can have more lines than it has numbers for only when it is no call: those beyond are not searched. */
const LINES_OF_CALL = 2 ** LINE_BITS;

/** A company's name as one word: as a phrase of words, one that many companies share would slow the search down. */
export function companyFact(column: string): string {
  return `('company' || lower(hex(${column})) || '0')`;
}

/** The word by which the index knows a company. */
export function companyWord(name: string): string {
  return `company${Buffer.from(name).toString('hex')}0`;
}

/** Numbers run backwards within a call, so that the highest number is the first line of the newest call. FTS5 takes them in order only. */
const ADD = `
  insert into lines (rowid, text, facts, speaker, start, utterance)
    select calls.lines_from + ${LINES_OF_CALL - 1} - said.key, said.value ->> 'text',
      'verdict' || verdict || coalesce(' ' || ${companyFact('company')}, '') || coalesce(found.facts, ''),
      said.value ->> 'speaker', said.value ->> 'start', said.value ->> 'id'
    from calls, json_each(report, '$.utterances') as said
      left join (
        select value ->> 'utterance' as utterance,
          group_concat(replace(' label' || (value ->> 'label') || ' family' || (value ->> 'family'), '-', ''), '') as facts
        from calls, json_each(report, '$.flags')
        where number = new.number and not (value ->> 'dismissed') group by 1
      ) as found on found.utterance = said.value ->> 'id'
    where number = new.number and said.key < ${LINES_OF_CALL}
    order by said.key desc`;

const REMOVE = `delete from lines where rowid between old.lines_from and old.lines_from + ${LINES_OF_CALL - 1}`;

/**
 * The index itself. Facts are single words such as `labelrecordingrequest`, which a query finds as fast as any other word.
 * With `secure-delete` the words of a deleted line leave the index at once, not when FTS5 merges its segments some day.
 */
export const LINES_TABLE = `
  create virtual table lines using fts5 (
    text, facts, speaker unindexed, start unindexed, utterance unindexed,
    tokenize = 'porter unicode61 remove_diacritics 2'
  );
  insert into lines (lines, rank) values ('secure-delete', 1)`;

/**
 * Search, with the lines of the calls that are kept already. Triggers fill the index, so that whatever saves, changes or deletes
 * a call does the same to its lines, in the same transaction.
 */
export const SEARCH_SCHEMA = `
  alter table calls add column lines_from integer
    generated always as ((${DAY} << ${DAY_SHIFT}) | (number << ${LINE_BITS})) virtual;
  create index companies on calls (company);
  ${LINES_TABLE};
  create trigger lines_of_new_call after insert on calls begin ${ADD}; end;
  create trigger lines_of_changed_call after update of date, company, verdict, analyzed_at, report on calls begin
    ${REMOVE};
    ${ADD};
  end;
  create trigger lines_of_deleted_call after delete on calls begin ${REMOVE}; end;
  update calls set verdict = verdict`;
