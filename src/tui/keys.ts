/** Where a key is pressed. */
export type Place = 'library' | 'hits' | 'call' | 'reader' | 'choice' | 'form' | 'prompt' | 'purge';

/** What a key does. The reducer knows how. */
export type Act =
  | 'quit'
  | 'suspend'
  | 'help'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'open'
  | 'back'
  | 'search'
  | 'filter'
  | 'sort'
  | 'analyze'
  | 'stop'
  | 'keep'
  | 'edit'
  | 'export'
  | 'advice'
  | 'letter'
  | 'save'
  | 'purge'
  | 'dismiss'
  | 'clip'
  | 'next-flag'
  | 'previous-flag'
  | 'next-pane'
  | 'accept'
  | 'complete'
  | 'toggle';

/** What must be there, so that a key means something. */
export type Need = 'call' | 'flag' | 'work' | 'advice' | 'letter' | 'path';

/** One row of the key table. Help, footers and the README are made from it. */
export interface Binding {
  keys: string[];
  places: Place[];
  act: Act;
  /** For the help. */
  help: string;
  needs?: Need;
  /** For the footer; without it the key stands in the help alone. */
  foot?: string;
}

const CALLS: Place[] = ['library', 'call'];
const LISTS: Place[] = ['library', 'hits', 'call', 'reader', 'choice'];
const READ: Place[] = ['library', 'hits', 'call', 'reader'];
const TYPED: Place[] = ['form', 'prompt', 'purge'];

/** Every key, in the order in which help and footers show them: what matters most first. */
export const KEYS: readonly Binding[] = [
  { keys: ['enter'], places: ['library', 'hits'], act: 'open', needs: 'call', help: 'open the call', foot: 'open' },
  {
    keys: ['S'],
    places: ['library'],
    act: 'stop',
    needs: 'work',
    help: 'stop the analysis; it can go on later',
    foot: 'stop',
  },
  {
    keys: ['o'],
    places: ['library'],
    act: 'analyze',
    help: 'analyse a recording or a transcript',
    foot: 'analyse a file',
  },
  {
    keys: ['/'],
    places: ['library', 'hits'],
    act: 'search',
    needs: 'call',
    help: 'search in all transcripts',
    foot: 'search',
  },
  {
    keys: ['f'],
    places: ['library'],
    act: 'filter',
    needs: 'call',
    help: 'show only some verdict, family or label',
    foot: 'filter',
  },
  {
    keys: ['s'],
    places: ['library'],
    act: 'sort',
    needs: 'call',
    help: 'sort by date, company, verdict, flags or length',
    foot: 'sort',
  },
  { keys: ['n'], places: ['call'], act: 'next-flag', needs: 'flag', help: 'next flag', foot: 'next flag' },
  { keys: ['p'], places: ['call'], act: 'previous-flag', needs: 'flag', help: 'previous flag' },
  {
    keys: ['d'],
    places: ['call'],
    act: 'dismiss',
    needs: 'flag',
    help: 'dismiss a false alarm, or bring it back',
    foot: 'false alarm',
  },
  { keys: ['a'], places: ['call'], act: 'advice', help: 'advice, and letters to write', foot: 'advice' },
  { keys: ['a'], places: ['library'], act: 'advice', needs: 'call', help: 'advice for the call' },
  { keys: ['x'], places: ['call'], act: 'export', help: 'export the call into a file', foot: 'export' },
  { keys: ['x'], places: ['library'], act: 'export', needs: 'call', help: 'export the call into a file' },
  { keys: ['e'], places: CALLS, act: 'edit', needs: 'call', help: 'change company, role, date and your note' },
  { keys: ['k'], places: CALLS, act: 'keep', needs: 'call', help: 'pin the call, so that it does not purge itself' },
  {
    keys: ['D'],
    places: CALLS,
    act: 'purge',
    needs: 'call',
    help: 'delete the call for good: shows what goes, then asks',
  },
  { keys: ['c'], places: ['call'], act: 'clip', needs: 'flag', help: 'save the flagged moment as a sound file (WAV)' },
  {
    keys: ['tab'],
    places: ['call'],
    act: 'next-pane',
    help: 'next pane: flags, what it means, transcript',
    foot: 'next pane',
  },
  { keys: ['o'], places: ['call'], act: 'analyze', help: 'analyse another file' },
  {
    keys: ['l'],
    places: ['reader'],
    act: 'letter',
    needs: 'advice',
    help: 'write a letter (in the advice)',
    foot: 'write a letter',
  },
  {
    keys: ['s'],
    places: ['reader'],
    act: 'save',
    needs: 'letter',
    help: 'save the letter into a file',
    foot: 'save to a file',
  },
  { keys: ['tab'], places: ['prompt'], act: 'complete', needs: 'path', help: 'complete the path', foot: 'complete' },
  { keys: ['tab', 'down'], places: ['form'], act: 'down', help: 'next line', foot: 'next line' },
  { keys: ['shift-tab', 'up'], places: ['form'], act: 'up', help: 'line before' },
  {
    keys: ['tab'],
    places: ['purge'],
    act: 'toggle',
    help: 'delete the recording too, or leave it',
    foot: 'recording too?',
  },
  { keys: ['enter'], places: ['choice', ...TYPED], act: 'accept', help: 'do it', foot: 'do it' },
  { keys: ['up'], places: LISTS, act: 'up', help: 'up' },
  { keys: ['down'], places: LISTS, act: 'down', help: 'down' },
  { keys: ['pageup'], places: LISTS, act: 'page-up', help: 'a page up' },
  { keys: ['pagedown', ' '], places: LISTS, act: 'page-down', help: 'a page down' },
  { keys: ['home'], places: LISTS, act: 'first', help: 'to the beginning' },
  { keys: ['end'], places: LISTS, act: 'last', help: 'to the end' },
  { keys: ['esc', 'left'], places: ['hits', 'call', 'reader', 'choice'], act: 'back', help: 'back', foot: 'back' },
  { keys: ['esc'], places: TYPED, act: 'back', help: 'do nothing', foot: 'do nothing' },
  { keys: ['esc'], places: ['library'], act: 'back', help: 'show all calls again' },
  { keys: ['?'], places: READ, act: 'help', help: 'this help', foot: 'help' },
  { keys: ['q'], places: ['library'], act: 'quit', help: 'quit', foot: 'quit' },
  { keys: ['q'], places: ['hits', 'call', 'reader'], act: 'quit', help: 'quit' },
  { keys: ['ctrl-c'], places: [...LISTS, ...TYPED], act: 'quit', help: 'quit from anywhere' },
  { keys: ['ctrl-z'], places: [...LISTS, ...TYPED], act: 'suspend', help: 'put offrecord aside; `fg` brings it back' },
];

/** The binding of a key in a place, if it has one there. */
export function bindingOf(place: Place, key: string): Binding | undefined {
  return KEYS.find(({ keys, places }) => places.includes(place) && keys.includes(key));
}

const SHOWN: Record<string, string> = { ' ': 'space', pageup: 'PgUp', pagedown: 'PgDn', up: '↑', down: '↓', left: '←' };

/** A key as a person reads it. */
export function showKey(key: string): string {
  return SHOWN[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}
