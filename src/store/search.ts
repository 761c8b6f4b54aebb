import type { Call, Family, Label, Span, Speaker, VerdictLevel } from '../types.js';
import type { Database } from './connect.js';
import { companyFact, DAY_SHIFT, FIRST_DAY, LINE_BITS } from './search-schema.js';

/** What to look for. A line must hold every phrase; label and family are those of a flag on the line itself. */
export interface SearchQuery {
  phrases: string[];
  label?: Label | undefined;
  family?: Family | undefined;
  /** The company's name or a part of it. */
  company?: string | undefined;
  verdict?: VerdictLevel | undefined;
  /** First and last day of the calls. */
  after?: string | undefined;
  before?: string | undefined;
  limit: number;
}

/** A line that was found, with the places of the words in it. */
export interface SearchHit {
  call: Pick<Call, 'id' | 'file' | 'date' | 'company' | 'analyzedAt'> & { verdict: VerdictLevel };
  utterance: number;
  start: number | null;
  speaker: Speaker;
  text: string;
  marks: Span[];
}

/** The lines that hold the words: newest call first, lines of a call in their order. */
export function searchLines(db: Database, query: SearchQuery): SearchHit[] {
  const { after = '0000-01-01', before = '9999-12-31', limit } = query;
  const companies = query.company === undefined ? null : companyFacts(db, query.company);
  if (companies?.length === 0) return [];
  return db
    .prepare<[object], HitRow>(FIND)
    .all({ match: toMatch(query, companies), after, before, limit, open: OPEN, close: CLOSE })
    .map(toHit);
}

/** The ids of the calls in which a label was flagged and not dismissed. */
export function idsWithLabel(db: Database, label: Label): string[] {
  const found = db.prepare(`
    select id from calls where number in (
      select (rowid & ${2n ** BigInt(DAY_SHIFT) - 1n}) >> ${LINE_BITS} from lines where lines match ?
    )`);
  return found.pluck().all(`facts : ${quoted(`label${label.replaceAll('-', '')}`)}`) as string[];
}

/** The facts of the companies whose name has this in it, be it in other letters (`muller` in “Müller AG”). */
function companyFacts(db: Database, part: string): string[] {
  const companies = db.prepare<[], { name: string; fact: string }>(
    `select distinct company as name, ${companyFact('company')} as fact from calls where company is not null`,
  );
  return companies.all().flatMap(({ name, fact }) => (fold(name).includes(fold(part)) ? [fact] : []));
}

function fold(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** No line has these in it: control characters are taken out before a report is made. */
const [OPEN, CLOSE] = ['\u0001', '\u0002'];

const dayOf = (day: string): string => `cast(julianday(${day}) - ${FIRST_DAY} as integer)`;

/** `cross join` keeps the index in front: it gives the lines in the wanted order, and stops at the limit. */
const FIND = `
  select calls.id, calls.file, calls.date, calls.company, calls.analyzed_at, calls.verdict,
    lines.utterance, lines.start, lines.speaker, highlight(lines, 0, @open, @close) as marked
  from lines cross join calls on calls.number = (lines.rowid & ${2n ** BigInt(DAY_SHIFT) - 1n}) >> ${LINE_BITS}
  where lines match @match and lines.rowid >= ${dayOf('@after')} << ${DAY_SHIFT}
    and lines.rowid < (${dayOf('@before')} + 1) << ${DAY_SHIFT}
  order by lines.rowid desc limit @limit`;

/** Everything is quoted, so that nothing which a person types is read as a command of FTS5. */
function toMatch({ phrases, label, family, verdict }: SearchQuery, companyFacts: string[] | null): string {
  const facts = [
    ['label', label],
    ['family', family],
    ['verdict', verdict],
  ].flatMap(([kind, name]) => (name === undefined ? [] : [`facts : ${quoted(`${kind}${name.replaceAll('-', '')}`)}`]));
  const companies = companyFacts === null ? [] : [`facts : (${companyFacts.map(quoted).join(' OR ')})`];
  return [`text : (${phrases.map(quoted).join(' ')})`, ...companies, ...facts].join(' AND ');
}

function quoted(phrase: string): string {
  return `"${phrase.replaceAll('"', '""')}"`;
}

type HitRow = Pick<Call, 'id' | 'file' | 'date' | 'company'> &
  Pick<SearchHit, 'utterance' | 'start' | 'speaker'> & {
    analyzed_at: string;
    verdict: VerdictLevel;
    marked: string;
  };

function toHit({ id, file, date, company, analyzed_at, verdict, marked, ...line }: HitRow): SearchHit {
  return { call: { id, file, date, company, analyzedAt: analyzed_at, verdict }, ...line, ...readMarks(marked) };
}

function readMarks(marked: string): { text: string; marks: Span[] } {
  const [start = '', ...rest] = marked.split(OPEN);
  const marks: Span[] = [];
  let text = start;
  for (const part of rest) {
    const [hit = '', after = ''] = part.split(CLOSE);
    marks.push([text.length, text.length + hit.length]);
    text += hit + after;
  }
  return { text, marks };
}
