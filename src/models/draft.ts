import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors.js';

/** The drafts that this process writes. */
const atWork = new Set<string>();
let made = 0;

/**
 * A file that is on its way: written beside its place under a name of this process’s own, hashed whole, and moved into its
 * place only when it is right. A draft that a dead process left is gone on with.
 */
export class Draft {
  bytes = 0;
  #hash: Hash = createHash('sha256');

  private constructor(
    private readonly target: string,
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  static async open(target: string): Promise<Draft> {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const path = `${target}.${process.pid}-${made++}.part`;
    atWork.add(path);
    await adopt(target, path);
    const draft = new Draft(target, path, await open(path, 'a+', 0o600));
    await draft.#readBack();
    return draft;
  }

  /** The tag by which its source knows this version of the file; null where it gave none. */
  tag(): Promise<string | null> {
    return readFile(tagFile(this.path), 'utf8').catch(() => null);
  }

  async append(chunk: Uint8Array): Promise<void> {
    await this.handle.appendFile(chunk);
    this.#hash.update(chunk);
    this.bytes += chunk.length;
  }

  /** Begins anew with a version of that tag. */
  async restart(tag: string | null): Promise<void> {
    await this.handle.truncate(0);
    this.#hash = createHash('sha256');
    this.bytes = 0;
    if (tag === null) await rm(tagFile(this.path), { force: true });
    else await writeFile(tagFile(this.path), tag, { mode: 0o600 });
  }

  /** Moves the file into its place if it is the right one. */
  async settle(sha256: string): Promise<boolean> {
    if (this.#hash.copy().digest('hex') !== sha256) return false;
    await this.handle.sync();
    await this.handle.close();
    await rename(this.path, this.target);
    await rm(tagFile(this.path), { force: true });
    atWork.delete(this.path);
    return true;
  }

  /** Ends the work on a file that is not in its place; what has arrived stays for the next time. */
  async leave(): Promise<void> {
    if (!atWork.has(this.path)) return;
    await this.handle.close();
    if (this.bytes === 0) await remove(this.path);
    atWork.delete(this.path);
  }

  async #readBack(): Promise<void> {
    for await (const chunk of createReadStream(this.path)) {
      this.#hash.update(chunk);
      this.bytes += chunk.length;
    }
  }
}

/** How much of a file is there already, left by processes that are gone. */
export async function draftedBytes(target: string): Promise<number> {
  const [largest] = await orphansOf(target);
  return largest?.bytes ?? 0;
}

/** Takes over the longest draft that nobody works on, and removes the others. A rename succeeds for one process only. */
async function adopt(target: string, path: string): Promise<void> {
  let adopted = false;
  for (const { path: orphan } of await orphansOf(target)) {
    if (!adopted) {
      adopted = await moveIfThere(orphan, path);
      if (adopted) await moveIfThere(tagFile(orphan), tagFile(path));
    } else await remove(orphan);
  }
}

async function orphansOf(target: string): Promise<{ path: string; bytes: number }[]> {
  const names = await readdir(dirname(target)).catch((): string[] => []);
  const paths = names.filter(name => isOrphan(name, target)).map(name => join(dirname(target), name));
  const sizes = await Promise.all(paths.map(path => stat(path).catch(() => null)));
  return paths
    .flatMap((path, i) => (sizes[i] ? [{ path, bytes: sizes[i].size }] : []))
    .sort((a, b) => b.bytes - a.bytes);
}

function isOrphan(name: string, target: string): boolean {
  const start = `${basename(target)}.`;
  const [, pid] = (name.startsWith(start) && /^(\d+)-\d+\.part$/.exec(name.slice(start.length))) || [];
  if (pid === undefined) return false;
  return Number(pid) === process.pid ? !atWork.has(join(dirname(target), name)) : !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

async function moveIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  for (const file of [path, tagFile(path)]) await rm(file, { force: true });
}

function tagFile(path: string): string {
  return `${path}.tag`;
}
