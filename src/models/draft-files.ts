import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors.js';

/** The drafts that this process writes. */
export const atWork = new Set<string>();

/** How much of a file is there already, left by processes that are gone. */
export async function draftedBytes(target: string): Promise<number> {
  const [largest] = await orphansOf(target);
  return largest?.bytes ?? 0;
}

/** Takes over the longest draft that nobody works on, and removes the others. A rename succeeds for one process only. */
export async function adopt(target: string, path: string): Promise<void> {
  let adopted = false;
  for (const { path: orphan } of await orphansOf(target)) {
    if (!adopted) {
      adopted = await moveIfThere(orphan, path);
      if (adopted) await moveIfThere(tagFile(orphan), tagFile(path));
    } else await removeDraft(orphan);
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

/** Whether a process of that number runs. */
export function isAlive(pid: number): boolean {
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

/** Removes a draft with its tag. */
export async function removeDraft(path: string): Promise<void> {
  for (const file of [path, tagFile(path)]) await rm(file, { force: true });
}

/** Where the tag of a draft is kept. */
export function tagFile(path: string): string {
  return `${path}.tag`;
}
