import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { checkAborted, OffRecordError, systemCode } from './errors.js';

/**
 * Checks that a path is a file that can be read and is not empty, and takes its sha256. The file is only read.
 * @throws OffRecordError as `checkFile`
 */
export async function identifyFile(path: string, signal?: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  const bytes = await checkFile(path);
  return { sha256: await hash(path, signal), bytes };
}

/**
 * Checks that a path is a file that can be read and is not empty; returns its bytes.
 * @throws OffRecordError `failed` with one sentence for a folder, no such file, no permission, an empty file
 */
export async function checkFile(path: string): Promise<number> {
  const found = await stat(path).catch(error => {
    throw pathError(path, error);
  });
  if (found.isDirectory())
    throw new OffRecordError('failed', `${path} is a folder. Use \`offrecord batch\` for a folder.`);
  if (!found.isFile())
    throw new OffRecordError('failed', `${path} is not a regular file. Give a recording or a transcript.`);
  if (found.size === 0)
    throw new OffRecordError('failed', `${basename(path)} is empty (0 bytes). Was the recording saved?`);
  await access(path, constants.R_OK).catch(error => {
    throw pathError(path, error);
  });
  return found.size;
}

async function hash(path: string, signal?: AbortSignal): Promise<string> {
  const sha256 = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, ...(signal && { signal }) }))
      sha256.update(chunk);
  } catch (error) {
    checkAborted(signal);
    throw pathError(path, error);
  }
  return sha256.digest('hex');
}

/** Why a path can’t be read, in one sentence. */
export function pathError(path: string, error: unknown): OffRecordError {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new OffRecordError('failed', `There is no file ${path}. Check the name.`);
  if (code === 'EACCES' || code === 'EPERM') {
    return new OffRecordError('failed', `You have no permission to read ${path}. Check the file’s permissions.`);
  }
  return new OffRecordError('failed', `${path} can’t be read (${code ?? 'unknown error'}).`, { cause: error });
}
