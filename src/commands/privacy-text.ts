import { count, sizeOf } from '../report/amounts.js';
import type { Paint } from '../report/style.js';
import { wrap } from '../report/wrap.js';
import type { AuditEntry } from '../store/store.js';
import { exportLine } from './export-text.js';
import { describeLock } from './lock.js';
import type { PrivacyDocument } from './privacy.js';
import { describeKept } from './retention.js';

interface Layout {
  width: number;
  paint: Paint;
}

/** What `privacy` tells, for people. */
export function describePrivacy(document: PrivacyDocument, { width, paint }: Layout): string {
  const sections: [title: string, lines: string[]][] = [
    ['Where everything is', wheres(document)],
    ['How it is locked', wrap(lock(document), width, '  ')],
    ['What is kept', [kept(document), ...howLong(document)].flatMap(text => wrap(text, width, '  '))],
    ['What may be reached on the network', network(document, width)],
    ['What was done with it', document.log.length > 0 ? document.log.map(logLine) : ['  Nothing yet.']],
  ];
  return sections.map(([title, lines]) => [paint('strong', title), ...lines].join('\n')).join('\n\n');
}

function wheres({ store, keyFile, models, places, exports }: PrivacyDocument): string[] {
  return [
    `  store   ${store}`,
    `  key     ${keyFile}`,
    `  models  ${models.builtIn} (built in), ${models.pulled} (pulled)`,
    '  temp    none: nothing of a call is ever written to temporary files',
    ...(places.length > 0 ? places.map(placeLine) : ['  None of it has been made yet.']),
    ...exports.map(exportLine),
  ];
}

function placeLine({ path, mode, isFolder, bytes, isOpenToOthers }: PrivacyDocument['places'][number]): string {
  const rights = isOpenToOthers ? 'was OPEN TO OTHERS, closed now' : 'for you alone';
  return `  ${mode ?? ''}  ${path}  ${isFolder ? 'folder' : sizeOf(bytes)}, ${rights}`;
}

function lock({ lock: found, keyFile }: PrivacyDocument): string {
  if (found === null)
    return 'There is no store yet. With the first call that is kept, it is encrypted with a new random key.';
  return `${found.cipher}, with a key of 256 random bits. ${describeLock(found.key, keyFile)}`;
}

function kept({ kept: { calls, utterances, unfinished, bytes, oldest } }: PrivacyDocument): string {
  if (calls + unfinished === 0) return bytes > 0 ? `No calls. The empty store takes ${sizeOf(bytes)}.` : 'No calls.';
  const since = oldest === null ? '' : `, the oldest from ${oldest.slice(0, 10)}`;
  const stopped = unfinished === 0 ? '' : `, and ${count(unfinished, 'stopped analysis', 'stopped analyses')}`;
  return `${count(calls, 'call')} with ${count(utterances, 'utterance')}${since}${stopped}; ${sizeOf(bytes)} on the disk. Recordings are never copied.`;
}

function howLong({ kept: { searchable, isPurgePending }, retention }: PrivacyDocument): string[] {
  return [
    describeKept(retention).join(' '),
    ...(searchable > 0
      ? [`${count(searchable, 'line')} can be searched; the index is in the same encrypted database.`]
      : []),
    ...(isPurgePending
      ? ['A purge is not finished yet: another offrecord is in its way. The next command that opens the store goes on.']
      : []),
  ];
}

function network({ network: { modelsPull, proofs } }: PrivacyDocument, width: number): string[] {
  return [
    ...wrap(
      'Nothing. Every command refuses connections, name look-ups and listening in its own process and threads, and starts no program but FFmpeg, kept to files, and itself.',
      width,
      '  ',
    ),
    ...wrap(
      `Only \`offrecord models pull\` may reach ${modelsPull.join(', ')}, and sends nothing of yours.`,
      width,
      '  ',
    ),
    '  See for yourself (with `node dist/cli.js` for `offrecord` where that is not a command of yours):',
    ...proofs.flatMap(({ system, command, shows }) => [`    ${command}`, `      ${SYSTEMS[system]}${shows}`]),
  ];
}

const SYSTEMS = { Linux: 'Linux. ', macOS: 'macOS. ', any: '' };

const LONGEST = { command: 'retention'.length, event: 'recordings-purged'.length };

function logLine({ at, command, event, call, ...counts }: AuditEntry): string {
  const numbers = Object.entries(counts).flatMap(([name, n]) =>
    n === null ? [] : [`${n} ${n === 1 ? name.slice(0, -1) : name}`],
  );
  const about = [call, numbers.join(', ')].filter(Boolean).join('  ');
  return `  ${at}  ${command.padEnd(LONGEST.command)}  ${event.padEnd(LONGEST.event)}  ${about}`.trimEnd();
}
