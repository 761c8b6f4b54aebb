import { writeSync } from 'node:fs';
import type { Style } from './app.js';
import type { Loop } from './loop.js';
import { paint } from './paint.js';
import { screen } from './screens/screen.js';

const [ENTER, LEAVE] = ['\u001b[?1049h\u001b[?25l', '\u001b[?1049l\u001b[?25h'];
const [HOME, CLEAR] = ['\u001b[H', '\u001b[2J\u001b[H'];

/** The UI on the terminal’s second screen. What stood on the first is there again afterwards. */
export class Display {
  #ink: { unmount(): void } | null = null;

  constructor(
    private readonly loop: Loop,
    private readonly style: Style,
    private readonly onFailure: (reason: unknown) => void,
  ) {}

  /** Shows the first screen at once, then loads what answers keys; these wait in the terminal until then. */
  async show(): Promise<void> {
    process.stdin.setRawMode(true);
    enter();
    writeSync(1, HOME + paint(screen(this.loop.get()), this.style));
    const { mount } = await import('./mount.js');
    writeSync(1, HOME);
    const mounted = mount(this.loop, this.style);
    mounted.failed.catch(this.onFailure);
    this.#ink = mounted;
  }

  /** What the terminal made of the old rows is wiped, so that the new ones begin at its top. */
  clear(): void {
    if (isIn) writeSync(1, CLEAR);
  }

  hide(): void {
    this.#ink?.unmount();
    this.#ink = null;
    process.stdin.setRawMode(false);
    leave();
  }

  /** Gives the terminal back to the shell until it brings the program to the front again. */
  suspend(): void {
    this.hide();
    process.once('SIGCONT', () => void this.show().catch(this.onFailure));
    process.kill(process.pid, 'SIGTSTP');
  }
}

let isIn = false;

function enter(): void {
  if (!isIn) writeSync(1, ENTER);
  isIn = true;
}

/** Leaves the second screen; written at once, as the process may be ending. */
export function leave(): void {
  if (isIn) writeSync(1, LEAVE);
  isIn = false;
}
