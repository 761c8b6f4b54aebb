import { type Event, type State, type Step, step, type Work } from './state.js';

/** Takes in a file to analyse; one is analysed after the other. */
export function addWork(state: State, path: string): Step {
  const number = Math.max(0, ...state.works.map(work => work.number)) + 1;
  const works = state.works.filter(({ phase }) => phase !== 'failed');
  const work: Work = { number, path, phase: 'waiting', text: 'waiting', share: null };
  return startNext({ ...state, screen: 'library', call: null, hits: null, works: [...works, work] });
}

/** An analysis has got further. */
export function workStep(state: State, { number, text, share }: Event & { type: 'work' }): State {
  return { ...state, works: state.works.map(work => (work.number === number ? { ...work, text, share } : work)) };
}

/** An analysis has ended: its call is selected, and what there is to know is shown. */
export function workDone(state: State, { number, id, notices }: Event & { type: 'work-done' }): Step {
  const works = state.works.filter(work => work.number !== number);
  const place = state.shown.findIndex(call => call.id === id);
  const next = startNext({ ...state, works, selected: place >= 0 ? place : state.selected });
  const text = 'Analysed. Press enter to see what was found.';
  const isBusy = state.dialogs.length > 0 || state.screen === 'call';
  const message = { text: isBusy ? 'An analysis has ended; its call is in the list.' : text, tone: 'good' as const };
  const done = { ...next, state: { ...next.state, message } };
  return notices.length === 0 || isBusy ? done : { ...done, state: withNotices(done.state, notices) };
}

function withNotices(state: State, lines: string[]): State {
  const reader = { about: 'outcome' as const, title: 'Analysed', lines, top: 0, call: null, letter: null };
  return { ...state, dialogs: [...state.dialogs, { kind: 'reader', ...reader }] };
}

/** An analysis has failed, or was stopped: the reason stays in the list until the next one. */
export function workFailed(state: State, { number, text }: Event & { type: 'work-failed' }): Step {
  const failed = (work: Work): Work => ({ ...work, phase: 'failed', text, share: null });
  return startNext({ ...state, works: state.works.map(work => (work.number === number ? failed(work) : work)) });
}

function startNext(state: State): Step {
  const next = state.works.find(({ phase }) => phase === 'waiting');
  if (!next || state.works.some(({ phase }) => phase === 'running')) return step(state);
  const started: Work = { ...next, phase: 'running', text: 'starting' };
  const works = state.works.map(work => (work === next ? started : work));
  return step({ ...state, works }, { do: 'analyze', number: next.number, path: next.path });
}
