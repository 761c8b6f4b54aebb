import { clock } from '../time.js';
import type { Flag, Report } from '../types.js';
import type { Act } from './keys.js';
import { heightOf, wordArea } from './layout.js';
import { ask, pageOf } from './reduce-shared.js';
import { type OpenCall, PANES, type State, type Step, step } from './state.js';

type Acts = Partial<Record<Act, (state: State) => Step>>;

/** What the keys of the call screen do. */
export const callActs: Acts = {
  up: state => inCall(state, call => move(state, call, -1)),
  down: state => inCall(state, call => move(state, call, 1)),
  'page-up': state => inCall(state, call => move(state, call, -pageOf(state))),
  'page-down': state => inCall(state, call => move(state, call, pageOf(state))),
  first: state => inCall(state, call => move(state, call, -1_000_000)),
  last: state => inCall(state, call => move(state, call, 1_000_000)),
  'next-flag': state => inCall(state, call => toFlag(call, call.flag + 1)),
  'previous-flag': state => inCall(state, call => toFlag(call, call.flag - 1)),
  'next-pane': state => inCall(state, call => ({ ...call, pane: next(call.pane) })),
  back: state => step({ ...state, screen: 'library', call: null }),
  dismiss: state =>
    withFlag(state, ({ id, dismissed }, call) =>
      step(state, { do: 'dismiss', id: call, flag: id, dismissed: !dismissed }),
    ),
  clip: state =>
    withFlag(state, ({ start }, call) =>
      step(
        start === null
          ? {
              ...state,
              message: { text: 'This transcript has no times, so there is no moment to save.', tone: 'medium' },
            }
          : ask(
              state,
              { title: 'Save this moment as', use: 'clip', call },
              `./${call}-${clock(start).replaceAll(':', '-')}.wav`,
            ),
      ),
    ),
};

/** The state with a call opened, at its first flag or at an utterance. */
export function opened(state: State, report: Report, utterance: number | null): State {
  const begin: OpenCall = {
    report,
    flag: report.flags.length > 0 ? 0 : -1,
    at: 0,
    row: 0,
    pane: 'flags',
    detailsTop: 0,
  };
  const call =
    utterance === null
      ? toFlag(begin, 0)
      : { ...toUtterance(begin, placeOf(report, utterance)), pane: 'transcript' as const };
  return { ...state, screen: 'call', call };
}

/** The state with the report of the open call as it is now. */
export function replaced(state: State, report: Report): State {
  if (state.call?.report.call.id !== report.call.id) return state;
  const flag = Math.min(state.call.flag, report.flags.length - 1);
  return {
    ...state,
    call: { ...state.call, report, flag, at: Math.min(state.call.at, Math.max(0, report.utterances.length - 1)) },
  };
}

function inCall(state: State, change: (call: OpenCall) => OpenCall): Step {
  return step(state.call ? { ...state, call: change(state.call) } : state);
}

function withFlag(state: State, act: (flag: Flag, call: string) => Step): Step {
  const flag = state.call?.report.flags[state.call.flag];
  if (flag && state.call) return act(flag, state.call.report.call.id);
  return step({ ...state, message: { text: 'This call has no flag.', tone: 'medium' } });
}

/** Moving in one pane moves the others. */
function move(state: State, call: OpenCall, by: number): OpenCall {
  if (call.pane === 'flags') return toFlag(call, call.flag + by);
  if (call.pane === 'details') return { ...call, detailsTop: Math.max(0, call.detailsTop + by) };
  return Math.abs(by) === 1 ? scroll(state, call, by) : toUtterance(call, call.at + by);
}

function toFlag(call: OpenCall, place: number): OpenCall {
  const { flags } = call.report;
  const flag = Math.max(0, Math.min(place, flags.length - 1));
  const found = flags[flag];
  return found ? { ...call, flag, at: placeOf(call.report, found.utterance), row: 0, detailsTop: 0 } : call;
}

/** The flag of an utterance is selected with it; where there is none, the one before stays. */
function toUtterance(call: OpenCall, place: number): OpenCall {
  const { utterances, flags } = call.report;
  const at = Math.max(0, Math.min(place, utterances.length - 1));
  const current = flags[call.flag];
  const here = flags.findIndex(({ utterance }) => utterance === utterances[at]?.id);
  const flag = here >= 0 && current?.utterance !== utterances[at]?.id ? here : call.flag;
  return { ...call, at, row: 0, flag, detailsTop: flag === call.flag ? call.detailsTop : 0 };
}

/** An utterance that is higher than the pane is read in steps. */
function scroll(state: State, call: OpenCall, by: number): OpenCall {
  const { rows, columns } = wordArea(state.size, call.report);
  const height = heightOf(call.report.utterances[call.at], columns);
  const row = call.row + by * Math.max(1, rows - 2);
  if (row >= 0 && by < 0 && call.row > 0) return { ...call, row };
  if (by > 0 && call.row + rows < height) return { ...call, row };
  return toUtterance(call, call.at + by);
}

/** Where an utterance stands in the list, by its id. */
function placeOf({ utterances }: Report, id: number): number {
  const direct = utterances[id]?.id === id ? id : utterances.findIndex(utterance => utterance.id === id);
  return Math.max(0, direct);
}

function next(pane: OpenCall['pane']): OpenCall['pane'] {
  return PANES[(PANES.indexOf(pane) + 1) % PANES.length] ?? 'flags';
}
