import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The guard as the program loads it. */
export const GUARD = fileURLToPath(new URL('../../dist/privacy/network-guard.js', import.meta.url));

interface Attempt {
  /** Hosts that the guard shall let through; null for no guard at all. */
  allow: string[] | null;
  port: number;
}

/** Runs an expression in a process of its own, under the guard or without it; says what it came to. */
export async function attempt(expression: string, { allow, port }: Attempt): Promise<string> {
  const guard = `const guard = await import(${JSON.stringify(GUARD)}); guard.allowHosts(${JSON.stringify(allow)});`;
  const lines = [
    allow === null ? '' : guard,
    `const [host, port] = ['127.0.0.1', ${port}];`,
    // What comes back as an event of an emitter, rather than as an error that is thrown.
    `const outcome = (emitter, good) => new Promise((resolve, reject) => {
       emitter.on(good, () => resolve(good)); emitter.on('error', reject);
     });`,
    `try { console.log('reached', ${expression}); } catch (error) { console.log('refused', error.cause?.message ?? error.message); }`,
    'process.exit(0);',
  ];
  return (await runNode(['--input-type=module', '-e', lines.join('\n')])).out;
}

/** Runs Node to its end; gives both of its outputs. */
export function runNode(args: string[]): Promise<{ out: string; err: string; code: number | null }> {
  const child = spawn(process.execPath, args);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', text => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', text => (said.err += text));
  return new Promise(resolve => child.on('close', code => resolve({ ...said, code })));
}
