import type { Family, Label, VerdictLevel } from '../types.js';
import type { CallEdits } from './api.js';
import type { Act } from './keys.js';
import { listed } from './reduce-library.js';
import { ask, choose, pageOf } from './reduce-shared.js';
import { addWork } from './reduce-work.js';
import {
  type Choosing,
  type Dialog,
  type Effect,
  type Event,
  type Form,
  type Prompt,
  type PurgeDialog,
  type State,
  type Step,
  step,
} from './state.js';
import { typeInto } from './text-field.js';

type Acts = Partial<Record<Act, (state: State) => Step>>;

/** The word that a purge must be confirmed with. */
export const PURGE_WORD = 'delete';

/** What the keys of dialogs do. */
export const dialogActs: Acts = {
  up: state => step(move(state, -1)),
  down: state => step(move(state, 1)),
  'page-up': state => step(move(state, -pageOf(state))),
  'page-down': state => step(move(state, pageOf(state))),
  first: state => step(move(state, -1_000_000)),
  last: state => step(move(state, 1_000_000)),
  back: state => step(closed(state)),
  help: state => step(state),
  accept,
  complete: state =>
    inFront(state, 'prompt', ({ field, use }) =>
      use === 'search' ? step(state) : step(state, { do: 'complete', path: field.value }),
    ),
  toggle: state =>
    inFront(state, 'purge', ({ call, withRecordings }) =>
      step(state, { do: 'plan', id: call, withRecordings: !withRecordings }),
    ),
  letter: state =>
    inFront(state, 'reader', ({ about, call }) =>
      step(
        about === 'advice' && call
          ? choose(state, { title: 'Write a letter that', options: state.letters, use: 'letter', call })
          : state,
      ),
    ),
  save: state =>
    inFront(state, 'reader', ({ about, call, letter }) =>
      step(
        about === 'letter'
          ? ask(state, { title: 'Save the letter as', use: 'letter', call, name: letter }, `./letter-${letter}.txt`)
          : state,
      ),
    ),
};

/** What a key without an act types into the dialog in front. */
export function typed(state: State, key: string): State {
  const front = state.dialogs.at(-1);
  if (front?.kind === 'form') {
    const fields = front.fields.map((line, n) =>
      n === front.at ? { ...line, field: typeInto(line.field, key) ?? line.field } : line,
    );
    return withFront(state, { ...front, fields });
  }
  if (front?.kind !== 'prompt' && front?.kind !== 'purge') return state;
  return withFront(state, { ...front, field: typeInto(front.field, key) ?? front.field });
}

/** The state after a purge: its call is gone, what was done is shown. */
export function purged(state: State, { call, lines }: Event & { type: 'purged' }): Step {
  const left = listed(
    { ...state, screen: 'library', call: null, hits: null },
    state.calls.filter(({ id }) => id !== call),
  );
  const reader: Dialog = {
    kind: 'reader',
    about: 'outcome',
    title: 'Deleted for good',
    lines,
    top: 0,
    call: null,
    letter: null,
  };
  return step({ ...left, dialogs: [reader] }, { do: 'refresh' });
}

function closed(state: State): State {
  return { ...state, dialogs: state.dialogs.slice(0, -1) };
}

function withFront(state: State, dialog: Dialog): State {
  return { ...state, dialogs: [...state.dialogs.slice(0, -1), dialog] };
}

function inFront<Kind extends Dialog['kind']>(
  state: State,
  kind: Kind,
  act: (dialog: Dialog & { kind: Kind }) => Step,
): Step {
  const front = state.dialogs.at(-1);
  return front?.kind === kind ? act(front as Dialog & { kind: Kind }) : step(state);
}

function move(state: State, by: number): State {
  const front = state.dialogs.at(-1);
  const within = (place: number, length: number): number => Math.max(0, Math.min(place + by, length - 1));
  if (front?.kind === 'reader') return withFront(state, { ...front, top: within(front.top, front.lines.length) });
  if (front?.kind === 'choice')
    return withFront(state, { ...front, selected: within(front.selected, front.options.length) });
  return front?.kind === 'form'
    ? withFront(state, { ...front, at: (front.at + by + front.fields.length) % front.fields.length })
    : state;
}

function accept(state: State): Step {
  const front = state.dialogs.at(-1);
  if (front?.kind === 'choice') return chosen(closed(state), front);
  if (front?.kind === 'prompt') return answered(closed(state), front);
  if (front?.kind === 'form') return step(state, { do: 'edit', id: front.call, edits: editsOf(front) });
  return front?.kind === 'purge' ? confirmed(state, front) : step(state);
}

function editsOf({ fields }: Form): CallEdits {
  return Object.fromEntries(fields.map(({ name, field }) => [name, field.value])) as unknown as CallEdits;
}

function chosen(state: State, { use, options, selected, call }: Choosing): Step {
  const option = options[selected];
  if (!option) return step(state);
  if (use === 'filter') return narrowed(state, option.name);
  if (call === null) return step(state);
  if (use === 'letter') return step(state, { do: 'letter', id: call, name: option.name, title: option.about });
  return step(
    ask(
      state,
      { title: `Export as ${option.name} to`, use: 'export', call, name: option.name },
      `./${call}${option.extension ?? ''}`,
    ),
  );
}

function narrowed(state: State, option: string): Step {
  const [kind, name] = option.split(' ');
  if (kind === 'label') return step(state, { do: 'find-label', label: name as Label });
  if (kind === 'verdict') return step(listed({ ...state, filter: { kind, name: name as VerdictLevel } }, state.calls));
  if (kind === 'family') return step(listed({ ...state, filter: { kind, name: name as Family } }, state.calls));
  return step(listed({ ...state, filter: null }, state.calls));
}

function answered(state: State, { use, field, call, name }: Prompt): Step {
  const value = field.value.trim();
  if (value === '') return step(state);
  if (use === 'search') return step(state, { do: 'search', words: value });
  if (use === 'analyze') return addWork(state, value);
  const effect = call === null ? null : writing(use, call, name ?? '', value, state);
  return effect ? step(state, effect) : step(state);
}

function writing(use: Prompt['use'], id: string, name: string, path: string, { call }: State): Effect | null {
  if (use === 'export') return { do: 'export', id, format: name, path };
  if (use === 'letter') return { do: 'save-letter', id, name, path };
  const flag = call?.report.flags[call.flag];
  return flag ? { do: 'clip', id, flag: flag.id, path } : null;
}

function confirmed(state: State, { call, field, withRecordings }: PurgeDialog): Step {
  if (field.value.trim().toLowerCase() !== PURGE_WORD)
    return step({
      ...state,
      message: { text: `Nothing was deleted. Type ${PURGE_WORD} to delete, or press esc.`, tone: 'medium' },
    });
  return step(closed(state), { do: 'purge', id: call, withRecordings });
}
