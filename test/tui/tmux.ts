import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { CLI, type Home } from '../cli.js';

const PAUSE_MS = 50;

/** Whether a real terminal can be driven here. */
export function hasTmux(): boolean {
  try {
    execFileSync('tmux', ['-V']);
    return true;
  } catch {
    return false;
  }
}

/** `offrecord` in a shell on a real terminal, in a home of its own. */
export class TmuxScreen {
  readonly #socket: string;

  constructor(home: Home, columns = 100, rows = 30, env: Record<string, string> = {}) {
    this.#socket = `${home.dir}/tmux`;
    const variables = Object.entries({
      ...home.env,
      TERM: 'screen-256color',
      LANG: 'C.UTF-8',
      HISTFILE: '/dev/null',
      ...env,
    });
    const shell = [
      'env',
      '-i',
      ...variables.map(([name, value]) => `${name}=${value}`),
      'bash',
      '--norc',
      '--noprofile',
    ];
    this.#tmux(
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-x',
      String(columns),
      '-y',
      String(rows),
      '-c',
      home.dir,
      ...shell,
    );
  }

  /** Starts the program. */
  run(...args: string[]): void {
    this.type([process.execPath, CLI, ...args].map(arg => `'${arg}'`).join(' '));
    this.press('Enter');
  }

  /** Types text as it stands. */
  type(text: string): void {
    this.#tmux('send-keys', '-l', text);
  }

  /** Presses keys by the names that tmux has for them. */
  press(...keys: string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  text(): string {
    return this.#tmux('capture-pane', '-p');
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** What the terminal is told to be: alternate screen, visible cursor, and the program in front. */
  modes(): { alternate: string; cursor: string; command: string; pid: number } {
    const format = '#{alternate_on} #{cursor_flag} #{pane_current_command} #{pane_pid}';
    const [alternate = '', cursor = '', command = '', pid = ''] = this.#tmux('display-message', '-p', format)
      .trim()
      .split(' ');
    return { alternate, cursor, command, pid: Number(pid) };
  }

  /** Waits until the screen shows something; returns the screen. */
  async see(what: RegExp | ((text: string) => boolean), seconds = 60): Promise<string> {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const text = this.text();
      if (typeof what === 'function' ? what(text) : what.test(text)) return text;
      if (Date.now() > until) throw new Error(`${what} was not seen on:\n${text}`);
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    }
  }

  close(): void {
    try {
      this.#tmux('kill-server');
    } catch {
      // It has ended already.
    }
    rmSync(this.#socket, { force: true });
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-S', this.#socket, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }
}
