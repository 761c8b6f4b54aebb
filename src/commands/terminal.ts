import { type Paint, painter } from '../report/style.js';

const WIDEST = 100;
const NARROWEST = 40;

/** How the report is laid out on this terminal: NO_COLOR and a pipe take the colours away. */
export function textLayout(): { width: number; paint: Paint } {
  const { stdout, env } = process;
  const columns = stdout.columns ?? 80;
  const colored = Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
  return { width: Math.max(NARROWEST, Math.min(WIDEST, columns)), paint: painter(colored) };
}

/** Results go to standard output; everything else to standard error, so that `--json` gives one clean document. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One JSON document. */
export function printJson(document: unknown): void {
  print(JSON.stringify(document, null, 2));
}

/** A line for the person, beside the result. */
export function notice(text: string): void {
  process.stderr.write(`${text}\n`);
}
