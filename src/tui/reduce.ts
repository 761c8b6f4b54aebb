import { bindingOf } from './keys.js';
import { isUseful, placeOf } from './place.js';
import { callActs, opened, replaced } from './reduce-call.js';
import { dialogActs, purged, typed } from './reduce-dialog.js';
import { found, libraryActs, listed } from './reduce-library.js';
import { sharedActs } from './reduce-shared.js';
import { workDone, workFailed, workStep } from './reduce-work.js';
import { type Event, type State, type Step, step } from './state.js';

/** What the UI is after an event, and what is to be done. Pure. */
export function reduce(state: State, event: Event): Step {
  switch (event.type) {
    case 'key':
      return press({ ...state, message: null }, event.key);
    case 'size':
      return step({ ...state, size: event.size });
    case 'calls':
      return step(listed({ ...state, total: event.total, stopped: event.stopped }, event.calls));
    case 'labelled':
      return step(listed({ ...state, filter: { kind: 'label', name: event.label, ids: event.ids } }, state.calls));
    case 'hits':
      return step(found(state, event.words, event.lines));
    case 'opened':
      return step(opened(state, event.report, event.utterance));
    case 'report':
      return step(replaced(state, event.report));
    case 'plan':
      return step(withPlan(state, event));
    case 'purged':
      return purged(state, event);
    case 'text':
      return step({ ...state, dialogs: [...state.dialogs, { kind: 'reader', top: 0, ...withoutType(event) }] });
    case 'completions':
      return step(withCompletions(state, event.paths, event.typed));
    case 'edited':
      return step({ ...state, dialogs: state.dialogs.filter(({ kind }) => kind !== 'form') }, { do: 'refresh' });
    case 'message':
      return step({ ...state, message: event.message });
    case 'work':
      return step(workStep(state, event));
    case 'work-done':
      return workDone(state, event);
    case 'work-failed':
      return workFailed(state, event);
  }
}

function press(state: State, key: string): Step {
  const place = placeOf(state);
  const binding = bindingOf(place, key);
  if (binding === undefined) return step(typed(state, key));
  const { act } = binding;
  if (!isUseful(binding, state)) return step(state);
  const acts = state.dialogs.length > 0 ? dialogActs : state.screen === 'call' ? callActs : libraryActs;
  return (acts[act] ?? sharedActs[act])?.(state) ?? step(state);
}

function withoutType<T extends { type: string }>({ type: _, ...rest }: T): Omit<T, 'type'> {
  return rest;
}

function withPlan(state: State, { call, lines, withRecordings }: Event & { type: 'plan' }): State {
  const front = state.dialogs.at(-1);
  const field = front?.kind === 'purge' ? front.field : { value: '', cursor: 0 };
  const others = state.dialogs.filter(({ kind }) => kind !== 'purge');
  return { ...state, dialogs: [...others, { kind: 'purge', call, lines, withRecordings, field }] };
}

/** One path is typed for the person, several as far as they are the same. */
function withCompletions(state: State, paths: string[], typedPath: string): State {
  const front = state.dialogs.at(-1);
  if (front?.kind !== 'prompt' || front.field.value !== typedPath) return state;
  const value = paths.length === 0 ? typedPath : commonStart(paths);
  const completions = paths.length > 1 ? paths : [];
  const message = paths.length === 0 ? { text: 'No file begins like this.', tone: 'medium' as const } : null;
  const field = { value, cursor: value.length };
  return { ...state, message, dialogs: [...state.dialogs.slice(0, -1), { ...front, field, completions }] };
}

function commonStart(paths: string[]): string {
  const [first = '', ...others] = paths;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
