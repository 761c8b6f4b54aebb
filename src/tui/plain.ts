import { createInterface } from 'node:readline';
import type { Api } from './api.js';
import { type Loop, startLoop } from './loop.js';
import { placeOf } from './place.js';
import { plainLines } from './plain-view.js';
import { initialState, type State } from './state.js';

/** What a plain UI reads and writes. */
export interface Streams {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/** Nothing is fitted to a screen here. */
const SIZE = { columns: 80, rows: 24 };

/**
 * The UI as linear text: each line that is typed is a key, a number or an answer, and what comes of it is printed below. Nothing
 * is drawn twice, so that a screen reader can follow.
 */
export async function runPlain(
  api: Api,
  { input, output }: Streams,
  signal: AbortSignal,
  call: string | null,
): Promise<void> {
  const say = (lines: string[]): void => void output.write(`${lines.join('\n')}\n`);
  const lines = createInterface({ input, terminal: false });
  const end = (): void => lines.close();
  signal.addEventListener('abort', end);
  const loop = startLoop(initialState(SIZE, api.formats, api.letters), api, { quit: end, suspend: () => {} });
  loop.refresh();
  if (call !== null) loop.open(call);
  let shown = show(loop, say, null);
  loop.subscribe(() => tellWork(loop, say));
  for await (const line of lines) {
    for (const key of keysOfLine(loop.get(), line.trim())) loop.send({ type: 'key', key });
    shown = show(loop, say, shown);
  }
  await loop.stopWork();
}

function show(loop: Loop, say: (lines: string[]) => void, before: State | null): State {
  const state = loop.get();
  say(plainLines(state, before));
  return state;
}

let told = '';

/** Analyses tell when they begin, end or fail; their percents would be read out without end. */
function tellWork(loop: Loop, say: (lines: string[]) => void): void {
  const { works, message } = loop.get();
  const news = [
    ...works.filter(({ phase }) => phase === 'failed').map(({ text }) => text),
    works.length === 0 ? message?.text : '',
  ]
    .filter(Boolean)
    .join(' ');
  if (news !== '' && news !== told) say([news]);
  told = news;
}

/** The keys that a typed line stands for: a name of a key, a number of what is listed, or an answer. */
export function keysOfLine(state: State, line: string): string[] {
  const place = placeOf(state);
  if (place === 'form') return keysOfField(state, line);
  if (place === 'prompt' || place === 'purge') return line === '' ? ['esc'] : [...CLEAR, ...line, 'enter'];
  if (line === '') return [place === 'library' ? '?' : 'esc'];
  if (!/^\d{1,5}$/.test(line)) return [line.length === 1 ? line : line.toLowerCase()];
  const way = ['home', ...new Array<string>(Math.max(0, Number(line) - 1)).fill('down')];
  return place === 'call' || place === 'reader' ? way : [...way, 'enter'];
}

const CLEAR = ['end', 'ctrl-u'];

/** An empty answer leaves a field as it is, a dash empties it; the last one saves. */
function keysOfField({ dialogs }: State, line: string): string[] {
  const form = dialogs.at(-1);
  if (form?.kind !== 'form') return [];
  const typed = line === '' ? [] : line === '-' ? CLEAR : [...CLEAR, ...line];
  return [...typed, form.at === form.fields.length - 1 ? 'enter' : 'down'];
}
