import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { isCall } from './collect-files.js';

const MOST = 200;

/** What a path that was begun can become: folders, and files that can be analysed. None where the folder can’t be read. */
export function completePath(begun: string): string[] {
  const folder = /[/\\]$/.test(begun) || begun === '' ? begun : begun.slice(0, begun.length - basename(begun).length);
  const start = begun.slice(folder.length);
  return entriesOf(wholePath(folder || '.'))
    .filter(({ name, isFolder }) => name.startsWith(start) && (isFolder || isCall(name)))
    .filter(({ name }) => start.startsWith('.') || !name.startsWith('.'))
    .map(({ name, isFolder }) => folder + name + (isFolder ? sep : ''))
    .sort()
    .slice(0, MOST);
}

/** A path as the program opens it: `~` is the home folder, quotes from a dropped file go. */
export function wholePath(typed: string): string {
  const path = typed.trim().replace(/^(['"])(.*)\1$/, '$2');
  return /^~(?=$|[/\\])/.test(path) ? join(homedir(), path.slice(1)) : resolve(path || dirname(path));
}

function entriesOf(folder: string): { name: string; isFolder: boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map(entry => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    }));
  } catch {
    return [];
  }
}
