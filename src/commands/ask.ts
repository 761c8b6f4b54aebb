import { readSync } from 'node:fs';
import { OffRecordError, systemCode } from '../errors.js';

const KEYS = { interrupt: 3, end: 4, backspace: 8, newline: 10, return: 13, clear: 21, delete: 127 };
const PAUSE_MS = 20;

/** Whether there is a person at a terminal who can be asked. */
export function canAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY);
}

/**
 * Asks for a line without showing it; null where there is no terminal. Waits in place, as the store is opened in place.
 * @throws OffRecordError `interrupted` on Ctrl-C, Ctrl-D or a closed terminal
 */
export function askSecret(question: string): string | null {
  return canAsk() ? ask(question, 'hidden') : null;
}

/** Asks for a line; null where there is no terminal. */
export function askLine(question: string): string | null {
  return canAsk() ? ask(question, 'shown') : null;
}

function ask(question: string, typed: 'hidden' | 'shown'): string {
  // First the mode, then the question: whoever answers at once must not be shown, nor Ctrl-C become a signal that waits.
  process.stdin.setRawMode(true);
  try {
    process.stderr.write(question);
    const prompt = `\r\u001b[2K${question.split('\n').at(-1)}`;
    return readLine(line => typed === 'shown' && process.stderr.write(prompt + line));
  } finally {
    process.stdin.setRawMode(false);
    process.stderr.write('\n');
  }
}

/** In raw mode the terminal shows and edits nothing by itself. */
function readLine(echo: (line: string) => void): string {
  let line = Buffer.alloc(0);
  for (;;) {
    const key = readKey();
    if (key === KEYS.return || key === KEYS.newline) return line.toString('utf8');
    if (key === null || key === KEYS.interrupt || key === KEYS.end)
      throw new OffRecordError('interrupted', 'Stopped: the question was not answered.');
    if (key === KEYS.clear) line = Buffer.alloc(0);
    else if (key === KEYS.backspace || key === KEYS.delete)
      line = Buffer.from([...line.toString('utf8')].slice(0, -1).join(''));
    else line = Buffer.concat([line, Buffer.from([key])]);
    echo(line.toString('utf8'));
  }
}

/** One byte at a time: what is typed ahead belongs to the next question. Null when the terminal is gone. */
function readKey(): number | null {
  const byte = Buffer.alloc(1);
  for (;;) {
    try {
      return readSync(0, byte, 0, 1, null) === 1 ? byte.readUInt8(0) : null;
    } catch (error) {
      if (systemCode(error) === 'EOF' || systemCode(error) === 'EIO') return null;
      if (systemCode(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
