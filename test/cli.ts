import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program, as a user starts it. */
export const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
export const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));

/** How a process ended and what it printed. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** An empty home of its own for each test, so that nothing of this machine is read or left behind. */
export class Home {
  readonly dir = mkdtempSync(join(tmpdir(), 'offrecord-home-'));
  readonly #running = new Set<ReturnType<typeof spawn>>();

  /** @param cli the program: the built one, or a copy of it */
  constructor(private readonly cli = CLI) {}

  /** Starts `offrecord` with these arguments, and something to read on its standard input. */
  start(
    args: string[],
    env: NodeJS.ProcessEnv = {},
    input = '',
  ): { child: ReturnType<typeof spawn>; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [this.cli, ...args], { cwd: this.dir, env: { ...this.env, ...env } });
    this.#running.add(child);
    const out = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (out.stderr += text));
    child.stdin?.end(input);
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', code => resolve({ code, ...out }));
    });
    return { child, ended };
  }

  /** Runs `offrecord` to its end. */
  run(...args: string[]): Promise<Ended> {
    return this.start(args).ended;
  }

  get storeDir(): string {
    return join(this.dir, 'data', 'offrecord', 'store');
  }

  get env(): NodeJS.ProcessEnv {
    const { PATH } = process.env;
    const [data, config] = [join(this.dir, 'data'), join(this.dir, 'config')];
    // A key file on every machine: the keychain of who runs the tests stays as it is.
    return { PATH, HOME: this.dir, XDG_DATA_HOME: data, XDG_CONFIG_HOME: config, OFFRECORD_KEY: 'file' };
  }

  remove(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
