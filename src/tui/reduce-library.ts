import { VERDICT_LEVELS } from '../types.js';
import type { Hit, ListedCall } from './api.js';
import type { Act } from './keys.js';
import { filterOptions } from './options.js';
import { ask, choose, pageOf } from './reduce-shared.js';
import { SORTS, type State, type Step, step } from './state.js';

type Acts = Partial<Record<Act, (state: State) => Step>>;

/** What the keys of the library and of its search do. */
export const libraryActs: Acts = {
  up: state => step(move(state, -1)),
  down: state => step(move(state, 1)),
  'page-up': state => step(move(state, -pageOf(state))),
  'page-down': state => step(move(state, pageOf(state))),
  first: state => step(move(state, Number.NEGATIVE_INFINITY)),
  last: state => step(move(state, Number.POSITIVE_INFINITY)),
  open,
  search: state => step(ask(state, { title: 'Search in all transcripts', use: 'search' }, state.hits?.words)),
  filter: state => step(choose(state, { title: 'Show only', options: filterOptions(), use: 'filter' })),
  sort: state => step(listed({ ...state, sort: next(state.sort) }, state.calls)),
  stop: state => step(state, { do: 'stop' }),
  back: state => step(state.hits ? { ...state, hits: null } : listed({ ...state, filter: null }, state.calls)),
};

/** The state with these calls; the same call stays selected. */
export function listed(state: State, calls: ListedCall[]): State {
  const shown = calls.filter(call => passes(call, state)).toSorted(ORDERS[state.sort]);
  const id = state.shown[state.selected]?.id;
  const place = shown.findIndex(call => call.id === id);
  const selected = place >= 0 ? place : Math.max(0, Math.min(state.selected, shown.length - 1));
  return { ...state, calls, shown, selected };
}

/** The state with the lines that a search found. */
export function found(state: State, words: string, lines: Hit[]): State {
  const message = lines.length === 0 ? { text: `No line has “${words}” in it.`, tone: 'medium' as const } : null;
  return { ...state, screen: 'library', message, hits: lines.length === 0 ? null : { words, lines, selected: 0 } };
}

function passes(call: ListedCall, { filter }: State): boolean {
  if (filter === null) return true;
  if (filter.kind === 'verdict') return call.verdict === filter.name;
  return filter.kind === 'family' ? call.flags[filter.name] > 0 : filter.ids.includes(call.id);
}

type Order = (a: ListedCall, b: ListedCall) => number;

/** Sorting keeps the order of what is alike, and calls come newest first. */
const ORDERS: Record<(typeof SORTS)[number], Order> = {
  date: () => 0,
  company: (a, b) => nameOf(a).localeCompare(nameOf(b)),
  verdict: (a, b) => VERDICT_LEVELS.indexOf(a.verdict) - VERDICT_LEVELS.indexOf(b.verdict),
  flags: (a, b) => countOf(b) - countOf(a),
  length: (a, b) => (b.duration ?? 0) - (a.duration ?? 0),
};

function nameOf({ company, file }: ListedCall): string {
  return (company ?? file).toLowerCase();
}

/** How many flags of a call count. */
export function countOf({ flags }: ListedCall): number {
  return Object.values(flags).reduce((sum, count) => sum + count, 0);
}

function next(sort: State['sort']): State['sort'] {
  return SORTS[(SORTS.indexOf(sort) + 1) % SORTS.length] ?? 'date';
}

function move(state: State, by: number): State {
  const within = (selected: number, length: number): number => Math.max(0, Math.min(selected + by, length - 1));
  const { hits } = state;
  if (hits) return { ...state, hits: { ...hits, selected: within(hits.selected, hits.lines.length) } };
  return { ...state, selected: within(state.selected, state.shown.length) };
}

function open(state: State): Step {
  const hit = state.hits?.lines[state.hits.selected];
  if (hit) return step(state, { do: 'open', id: hit.call.id, utterance: hit.utterance });
  const call = state.shown[state.selected];
  return call ? step(state, { do: 'open', id: call.id, utterance: null }) : step(state);
}
