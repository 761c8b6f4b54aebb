import type { Api } from './api.js';
import { Effects } from './effects.js';
import { harmless } from './harmless.js';
import { reduce } from './reduce.js';
import type { Event, State } from './state.js';

/** Where state lives: events go in, and whoever looks at it is told. */
export interface Loop {
  get(): State;
  send(event: Event): void;
  subscribe(listener: () => void): () => void;
  /** Shows the calls as they are kept now, or so many of the newest. */
  refresh(most?: number): void;
  /** Shows one call. */
  open(id: string): void;
  /** Ends the analysis that is under way; what was heard is kept. */
  stopWork(): Promise<void>;
}

/** What only the terminal can do. */
export interface Terminal {
  quit(): void;
  suspend(): void;
}

/** Begins with a state; effects are carried out by the API, and nothing that fails there ends the UI. */
export function startLoop(first: State, api: Api, terminal: Terminal): Loop {
  let state = first;
  const listeners = new Set<() => void>();
  const send = (event: Event): void => {
    const next = reduce(state, harmless(event));
    state = next.state;
    for (const listener of listeners) listener();
    for (const effect of next.effects) effects.run(effect, state);
  };
  const effects = new Effects(api, terminal, send);
  return {
    get: () => state,
    send,
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh: most => effects.refresh(most),
    open: id => effects.run({ do: 'open', id, utterance: null }, state),
    stopWork: () => effects.stopWork(),
  };
}
