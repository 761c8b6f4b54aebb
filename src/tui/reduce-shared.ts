import type { CallEdits, Choice } from './api.js';
import { helpLines } from './help.js';
import type { Act } from './keys.js';
import { type Choosing, type Form, type Prompt, type State, type Step, step } from './state.js';
import { field } from './text-field.js';

type Acts = Partial<Record<Act, (state: State) => Step>>;

/** What keys do that mean the same on both screens. */
export const sharedActs: Acts = {
  quit: state => step(state, { do: 'quit' }),
  suspend: state => step(state, { do: 'suspend' }),
  help: state => step(withHelp(state)),
  analyze: state => step(ask(state, { title: 'Analyse a recording or a transcript', use: 'analyze' })),
  keep: state => withCall(state, ({ id, kept }) => step(state, { do: 'keep', id, kept: !kept })),
  edit: state => withCall(state, call => step({ ...state, dialogs: [...state.dialogs, formOf(call)] })),
  advice: state => withCall(state, ({ id }) => step(state, { do: 'advice', id, width: readWidth(state) })),
  export: state =>
    withCall(state, ({ id }) =>
      step(choose(state, { title: 'Export as', options: state.formats, use: 'export', call: id })),
    ),
  purge: state => withCall(state, ({ id }) => step(state, { do: 'plan', id, withRecordings: false })),
};

/** The call that an act is about, as far as the library knows it. */
interface CallFacts {
  id: string;
  kept: boolean;
  company: string | null;
  role: string | null;
  date: string | null;
  note: string | null;
}

/** Does something with the call that is open or selected. */
function withCall(state: State, act: (call: CallFacts) => Step): Step {
  const id = state.screen === 'call' ? state.call?.report.call.id : state.shown[state.selected]?.id;
  const call = state.calls.find(one => one.id === id);
  return call
    ? act(call)
    : step({ ...state, message: { text: 'There is no call here yet. Press o to analyse one.', tone: 'medium' } });
}

function formOf({ id, company, role, date, note }: CallFacts): Form {
  const line = (name: keyof CallEdits, label: string, value: string | null): Form['fields'][number] => ({
    name,
    label,
    field: field(value ?? ''),
  });
  const fields = [line('company', 'Company', company), line('role', 'Role', role), line('date', 'Date', date)];
  return { kind: 'form', call: id, at: 0, fields: [...fields, line('note', 'Your note', note)] };
}

function withHelp(state: State): State {
  const about = { about: 'help' as const, title: 'Keys', call: null, letter: null };
  return { ...state, dialogs: [...state.dialogs, { kind: 'reader', ...about, lines: helpLines(), top: 0 }] };
}

/** The state with a line to type. */
export function ask(
  state: State,
  { title, use, call = null, name = null }: Pick<Prompt, 'title' | 'use'> & Partial<Pick<Prompt, 'call' | 'name'>>,
  value = '',
): State {
  const prompt: Prompt = { kind: 'prompt', title, use, call, name, field: field(value), completions: [] };
  return { ...state, dialogs: [...state.dialogs, prompt] };
}

/** The state with something to choose. */
export function choose(
  state: State,
  {
    title,
    options,
    use,
    call = null,
  }: { title: string; options: Choice[]; use: Choosing['use']; call?: string | null },
): State {
  return { ...state, dialogs: [...state.dialogs, { kind: 'choice', title, options, use, call, selected: 0 }] };
}

/** Rows that a page key goes on by. */
export function pageOf({ size }: State): number {
  return Math.max(1, size.rows - 8);
}

const WIDEST_TEXT = 84;

/** Columns of a text in a dialog. */
export function readWidth({ size }: State): number {
  return Math.max(20, Math.min(WIDEST_TEXT, size.columns - 4));
}
