import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { visibleText } from '../clean-text.js';
import { OffRecordError, systemCode } from '../errors.js';

const MAX_BYTES = 100 * 2 ** 20;
/** Where a look is taken for signs that a file is no text. */
const PROBE = 65_536;
const MAX_CONTROL_SHARE = 0.05;
const MIN_CONTROLS = 4;

/**
 * The text of a file in UTF-8, UTF-16 with its mark, or else Windows-1252, without what shows nothing and with `\n` between the
 * lines.
 * @throws OffRecordError `failed` when it can't be read, is over 100 MB, or is no text
 */
export async function readText(file: string): Promise<string> {
  const bytes = await read(file);
  const text = decode(bytes);
  if (!isText(text.slice(0, PROBE))) {
    throw failed(file, 'is not a text file, whatever its name says. Give the transcript itself.');
  }
  return visibleText(text.replace(/\r\r\n|\r\n|\r/g, '\n'));
}

async function read(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) {
      throw failed(
        file,
        `has ${Math.ceil(size / 2 ** 20)} MB, and a transcript may have 100 MB. Split it, or check what it is.`,
      );
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof OffRecordError) throw error;
    throw failed(
      file,
      `can’t be read (${systemCode(error) ?? 'unknown error'}). Check its name and permissions.`,
      error,
    );
  }
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const text = new TextDecoder('utf-8').decode(bytes);
  return isMostlyUtf8(text) ? text : new TextDecoder('windows-1252').decode(bytes);
}

/** One broken character does not make a text Latin: whisper.cpp writes some. */
function isMostlyUtf8(text: string): boolean {
  let broken = 0;
  let whole = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) broken++;
    else if (code > 127) whole++;
  }
  return broken <= whole;
}

/** Terminal escapes and form feeds are found in texts; other control characters in number are not. */
function isText(text: string): boolean {
  const controls = text.match(/[^\P{Cc}\s\u007f-\u009f]/gu) ?? [];
  const odd = controls.filter(character => character !== '\u001b').length;
  return odd < MIN_CONTROLS || odd < text.length * MAX_CONTROL_SHARE;
}

function failed(file: string, problem: string, cause?: unknown): OffRecordError {
  return new OffRecordError('failed', `${basename(file)} ${problem}`, { cause });
}
