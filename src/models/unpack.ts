import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { extract, list, type ReadEntry } from 'tar';
import { OffRecordError, systemCode } from '../errors.js';
import { pulledModelsDir } from '../paths.js';
import { isAlive } from './draft-files.js';
import { checkSpace } from './space.js';

const UNPACKED = '.adding-';
const ORDINARY = ['File', 'OldFile', 'ContiguousFile', 'Directory'];

/**
 * Unpacks a tar archive, compressed or not, for as long as the work with it takes.
 * @param use gets the folder, and the archive’s name where a model lies bare in it
 * @throws OffRecordError `failed` for what is no archive, and for paths, links and devices that have no place in a model
 */
export async function withUnpacked<T>(
  archive: string,
  use: (folder: string, name: string | undefined) => Promise<T>,
): Promise<T> {
  await mkdir(pulledModelsDir, { recursive: true, mode: 0o700 });
  await removeLeftovers();
  const folder = await mkdtemp(join(pulledModelsDir, `${UNPACKED}${process.pid}-`));
  try {
    await unpack(archive, folder);
    const isBare = (await readdir(folder)).includes('config.json');
    return await use(folder, isBare ? basename(archive).replace(/\.(tar(\.\w+)?|tgz)$/i, '') : undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a process that was killed had unpacked. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(pulledModelsDir)) {
    const pid = name.startsWith(UNPACKED) ? Number.parseInt(name.slice(UNPACKED.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) await rm(join(pulledModelsDir, name), { recursive: true, force: true });
  }
}

/** Nothing is written when any part of the archive would lie elsewhere. */
async function unpack(archive: string, folder: string): Promise<void> {
  await checkSpace(folder, await inspect(archive));
  await readable(archive, () => extract({ file: archive, cwd: folder, strict: true, preserveOwner: false }));
}

/** @returns the bytes it unpacks to */
async function inspect(archive: string): Promise<number> {
  let bytes = 0;
  let refused: string | null = null;
  const look = ({ path, type, size }: ReadEntry): void => {
    bytes += size;
    if (!ORDINARY.includes(type)) refused ??= `${path}, which is a link or a device`;
    if (leadsOut(path)) refused ??= `${path}, which leads out of its folder`;
  };
  await readable(archive, () => list({ file: archive, strict: true, onReadEntry: look }));
  if (refused === null) return bytes;
  throw new OffRecordError('failed', `${archive} holds ${refused}, so nothing of it was unpacked.`);
}

function leadsOut(path: string): boolean {
  return isAbsolute(path) || /^[a-z]:|\\/i.test(path) || path.split('/').includes('..');
}

async function readable(archive: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = systemCode(error) ?? 'unknown error';
    const sentence = `${archive} can’t be read as a tar archive (${reason}). Give a folder, a .tar or a .tar.gz.`;
    throw new OffRecordError('failed', sentence, { cause: error });
  }
}
