import { type Command, InvalidArgumentError, Option } from 'commander';
import { OffRecordError } from '../errors.js';
import { renderHits } from '../report/hits.js';
import type { SearchHit, SearchQuery } from '../store/store.js';
import { LABEL_NAMES, LABELS } from '../taxonomy.js';
import type { Family, Label, VerdictLevel } from '../types.js';
import { inStore } from './in-store.js';
import { type CommonOptions, parseDate, withCommon } from './options.js';
import { toPhrases } from './search-words.js';
import { print, printJson, textLayout } from './terminal.js';

interface Options extends CommonOptions {
  label?: Label;
  family?: Family;
  company?: string;
  verdict?: VerdictLevel;
  after?: string;
  before?: string;
  limit: number;
}

const FAMILIES = [...new Set(LABEL_NAMES.map(name => LABELS[name].family))];
const VERDICTS: VerdictLevel[] = ['leave', 'ask', 'note', 'clear'];
const DEFAULT_LIMIT = 20;
const MOST_HITS = 10_000;

/** Declares `offrecord search WORDS…`. */
export function declareSearch(program: Command): void {
  withCommon(program.command('search'))
    .description('find words in the calls that are kept, newest call first')
    .argument('<words...>', 'words that one line must hold, in any form and order; "words in quotes" stay together')
    .addOption(new Option('--label <name>', 'only lines with this flag').choices(LABEL_NAMES))
    .addOption(new Option('--family <name>', 'only lines with a flag of this family').choices(FAMILIES))
    .option('--company <name>', 'only calls with this company; a part of its name will do')
    .addOption(new Option('--verdict <level>', 'only calls with this verdict').choices(VERDICTS))
    .option('--after <day>', 'only calls of this day, YYYY-MM-DD, and later', parseDate)
    .option('--before <day>', 'only calls of this day and earlier', parseDate)
    .option('--limit <number>', 'most lines to show', parseLimit, DEFAULT_LIMIT)
    .action(search);
}

function search(words: string[], options: Options): void {
  const phrases = toPhrases(words);
  if (phrases.length === 0)
    throw new OffRecordError('usage', `There is no word to look for in “${words.join(' ')}”. Give one or more words.`);
  // One line more than wanted tells whether there are more.
  const found =
    inStore(options, store => {
      const lines = store.search({ ...filtersOf(options), phrases, limit: options.limit + 1 });
      store.record('searched', countsOf(lines.slice(0, options.limit)));
      return lines;
    }) ?? [];
  const hits = found.slice(0, options.limit);
  const more = found.length > hits.length;
  if (options.json) printJson({ schema: 'offrecord.search/1', phrases, hits, more });
  else print(hits.length > 0 ? renderHits(hits, more, textLayout()) : nothing(phrases, options));
}

/** For the log: how much was shown, not what. */
function countsOf(hits: SearchHit[]): { calls: number; utterances: number } {
  return { calls: new Set(hits.map(({ call }) => call.id)).size, utterances: hits.length };
}

function filtersOf({
  label,
  family,
  company,
  verdict,
  after,
  before,
}: Options): Omit<SearchQuery, 'phrases' | 'limit'> {
  return { label, family, company, verdict, after, before };
}

function nothing(phrases: string[], options: Options): string {
  const isFiltered = Object.values(filtersOf(options)).some(value => value !== undefined);
  const where = isFiltered ? 'of the calls that you asked for' : 'that is kept';
  return `No line ${where} has ${phrases.map(phrase => `“${phrase}”`).join(' and ')} in it.`;
}

function parseLimit(value: string): number {
  const limit = Number(value);
  if (/^\d+$/.test(value) && limit >= 1 && limit <= MOST_HITS) return limit;
  throw new InvalidArgumentError(`“${value}” is not a number from 1 to ${MOST_HITS}.`);
}
