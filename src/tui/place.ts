import type { Binding, Need, Place } from './keys.js';
import type { State } from './state.js';

/** Where a key is pressed: in the dialog in front, else on the screen. */
export function placeOf({ dialogs, screen, hits }: State): Place {
  return dialogs.at(-1)?.kind ?? (screen === 'library' && hits !== null ? 'hits' : screen);
}

/** Whether a key means something now. */
export function isUseful({ needs }: Binding, state: State): boolean {
  return needs === undefined || HAS[needs](state);
}

const HAS: Record<Need, (state: State) => boolean> = {
  call: ({ calls }) => calls.length > 0,
  flag: ({ call }) => (call?.report.flags.length ?? 0) > 0,
  work: ({ works }) => works.some(({ phase }) => phase === 'running'),
  advice: ({ dialogs }) => isAbout(dialogs.at(-1), 'advice'),
  letter: ({ dialogs }) => isAbout(dialogs.at(-1), 'letter'),
  path: ({ dialogs }) => {
    const front = dialogs.at(-1);
    return front?.kind === 'prompt' && front.use !== 'search';
  },
};

function isAbout(dialog: State['dialogs'][number] | undefined, about: 'advice' | 'letter'): boolean {
  return dialog?.kind === 'reader' && dialog.about === about;
}
