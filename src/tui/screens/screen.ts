import { fitLine, wrapText } from '../cells.js';
import { type Line, part } from '../frame.js';
import { heightOfScreen } from '../layout.js';
import type { State } from '../state.js';
import { footer } from '../widgets/footer.js';
import { callScreen } from './call.js';
import { dialogScreen, promptRows } from './dialogs.js';
import { hitsScreen } from './hits.js';
import { libraryScreen } from './library.js';

/** The whole screen: exactly as many rows, each exactly as wide, as the terminal has. */
export function screen(state: State): Line[] {
  const { columns } = state.size;
  const height = heightOfScreen(state.size);
  const foot: Line[] = [...messageRows(state), footer(state, columns)];
  const front = state.dialogs.at(-1);
  const prompt = front?.kind === 'prompt' ? promptRows(front, state.size) : [];
  const body = front && front.kind !== 'prompt' ? dialogScreen(front, state.size) : background(state);
  const room = height - prompt.length - foot.length;
  const rows = Array.from({ length: Math.max(0, room) }, (_, n) => body[n] ?? []);
  return [...rows, ...prompt, ...foot].slice(-height).map(line => fitLine(line, columns));
}

/** A long message takes a second row from the screen. */
function messageRows({ message, size }: State): Line[] {
  if (message === null) return [[]];
  const [first = '', ...rest] = wrapText(message.text, size.columns - 2);
  const whole = rest.length === 0 || size.rows < SMALL ? [message.text] : [first, rest.join(' ')];
  return whole.map(text => [part(` ${text}`, message.tone)]);
}

/** Smaller terminals have no second row to give. */
const SMALL = 16;

function background(state: State): Line[] {
  if (state.screen === 'call' && state.call) return callScreen(state, state.call);
  return state.hits ? hitsScreen(state, state.hits) : libraryScreen(state);
}
