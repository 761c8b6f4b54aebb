import { type ChildProcess, spawn } from 'node:child_process';
import { CLI } from '../cli.js';
import type { Place } from '../store/place.js';

/** The UI on a terminal that `script` makes, to measure when something is written to it. */
export class TimedUi {
  readonly #child: ChildProcess;
  #written = '';
  #onWritten = (): void => {};

  constructor({ dir, configDir }: Place) {
    const command = `stty rows 30 columns 100; exec '${process.execPath}' '${CLI}'`;
    const env = {
      PATH: process.env.PATH,
      HOME: dir,
      TERM: 'xterm-256color',
      OFFRECORD_STORE: dir,
      OFFRECORD_CONFIG: configDir,
    };
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], { env });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#written += text;
      this.#onWritten();
    });
  }

  /** Waits until a text was written so often. */
  see(text: string, times = 1): Promise<void> {
    return this.#until(() => this.#written.split(text).length > times);
  }

  /** Presses a key and waits until something is written. */
  press(key: string): Promise<void> {
    this.#written = '';
    this.#child.stdin?.write(key);
    return this.#until(() => this.#written.includes('help'));
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }

  #until(isThere: () => boolean): Promise<void> {
    return new Promise(resolve => {
      this.#onWritten = () => {
        if (isThere()) resolve();
      };
      this.#onWritten();
    });
  }
}
