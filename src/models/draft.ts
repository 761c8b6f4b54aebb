import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { adopt, atWork, removeDraft, tagFile } from './draft-files.js';

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
    if (this.bytes === 0) await removeDraft(this.path);
    atWork.delete(this.path);
  }

  async #readBack(): Promise<void> {
    for await (const chunk of createReadStream(this.path)) {
      this.#hash.update(chunk);
      this.bytes += chunk.length;
    }
  }
}
