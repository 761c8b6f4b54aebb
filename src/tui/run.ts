import type { Api } from './api.js';
import type { Style } from './app.js';
import { Display, leave } from './display.js';
import type { Size } from './frame.js';
import { type Loop, startLoop } from './loop.js';
import { initialState } from './state.js';

/** How the UI begins. */
export interface Beginning {
  style: Style;
  /** What the person should know at once. */
  notices: string[];
  /** The call to open first. */
  call: string | null;
  /** Ends the UI as `q` would. */
  signal: AbortSignal;
}

const REFRESH_MS = 1000;
/** More than any terminal has rows: with them the first screen is there at once, however many calls are kept. */
const FIRST_CALLS = 300;

/** Runs the UI until the person leaves. The terminal is afterwards as it was, however it ends. */
export async function runOnTerminal(api: Api, { style, notices, call, signal }: Beginning): Promise<void> {
  const end = deferred();
  const loop: Loop = startLoop(initialState(sizeOf(process.stdout), api.formats, api.letters), api, {
    quit: end.resolve,
    suspend: () => display.suspend(),
  });
  const display = new Display(loop, style, end.reject);
  const resize = (): void => {
    display.clear();
    loop.send({ type: 'size', size: sizeOf(process.stdout) });
  };
  process.on('exit', leave);
  process.once('uncaughtException', end.reject);
  signal.addEventListener('abort', end.resolve);
  process.stdout.on('resize', resize);
  begin(loop, notices, call);
  const stopWatching = watch(api, loop);
  try {
    if (signal.aborted) return;
    await display.show();
    const { calls, total } = loop.get();
    if (calls.length < total) loop.refresh();
    await end.promise;
    loop.send({ type: 'message', message: { text: 'Stopping …', tone: 'quiet' } });
    await loop.stopWork();
  } finally {
    stopWatching();
    process.stdout.off('resize', resize);
    display.hide();
    process.off('exit', leave);
    process.off('uncaughtException', end.reject);
  }
}

interface Deferred {
  promise: Promise<void>;
  resolve(): void;
  reject(reason: unknown): void;
}

function deferred(): Deferred {
  let [resolve, reject]: [() => void, (reason: unknown) => void] = [() => {}, () => {}];
  const promise = new Promise<void>((keep, fail) => {
    [resolve, reject] = [keep, fail];
  });
  return { promise, resolve, reject };
}

function begin(loop: Loop, notices: string[], call: string | null): void {
  loop.refresh(FIRST_CALLS);
  if (call !== null) loop.open(call);
  const text = notices.join(' ');
  if (text !== '') loop.send({ type: 'message', message: { text, tone: 'medium' } });
}

/** What another process changes is shown within a second. */
function watch(api: Api, loop: Loop): () => void {
  let version = versionOf(api);
  const timer = setInterval(() => {
    const now = versionOf(api);
    if (now !== version) loop.refresh();
    version = now;
  }, REFRESH_MS);
  return () => clearInterval(timer);
}

/** Another process may have the store to itself for a moment: then the next look tells. */
function versionOf(api: Api): number {
  try {
    return api.version();
  } catch {
    return -1;
  }
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): Size {
  return { columns: columns || 80, rows: rows || 24 };
}
