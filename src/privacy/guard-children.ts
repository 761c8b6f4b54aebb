import childProcess from 'node:child_process';
import { mayStart } from './children.js';
import { refuse } from './refusal.js';

/** Refuses to start programs, which know nothing of this guard, but for FFmpeg kept to files and this program’s own pull. */
export function guardChildren(): void {
  const prototype = childProcess.ChildProcess.prototype as unknown as { spawn(options: SpawnOptions): unknown };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const [, ...args] = options.args ?? [];
    if (!mayStart(options.file, args.map(String))) refuse(`starting ${options.file}`);
    return Reflect.apply(spawn, this, [options]);
  };
  for (const name of ['spawnSync', 'execSync', 'execFileSync'])
    Reflect.set(childProcess, name, () => refuse('starting a program'));
}

/** What all ways to start a program come down to; the first argument is the program’s name again. */
interface SpawnOptions {
  file: string;
  args?: unknown[];
}
