import { cleanText } from '../clean-text.js';
import { count, sizeOf } from '../report/amounts.js';
import type { DeletedRecording, PurgeResult, SearchedFiles, SearchedInside } from '../store/store.js';
import type { Goal } from './purge-text.js';

/** What was looked through after a purge, for how many fragments, and where some were found. */
export interface Proof {
  inside: SearchedInside;
  files: SearchedFiles;
  fragments: number;
  shared: number;
}

/** What no program can promise. */
export const BEYOND =
  'Not in reach of this program: backups, snapshots of the file system, exports that you moved or changed, files that you copied yourself, and old blocks that an SSD may hold for a while. Recordings and exports are deleted, not overwritten. What such places hold of the store itself is encrypted.';

/** What was deleted, and the proof. */
export function describeOutcome({ aim }: Goal, result: PurgeResult, proof: Proof): string {
  const { calls, utterances, flags, recordings = [], exports = [] } = result;
  const what = aim.transcriptsOnly ? `all words of ${count(calls, 'call')}` : count(calls, 'call');
  return [
    `Deleted for good: ${what}, ${count(utterances, 'utterance')}, ${count(flags, 'flag')}.`,
    ...recordings.map(one => describeDeleted('recording', one)),
    ...exports.map(one => describeDeleted('export', one)),
    ...describeProof(proof),
    BEYOND,
  ].join('\n');
}

function describeDeleted(what: string, { path, outcome, otherNames }: DeletedRecording): string {
  const others =
    outcome === 'deleted' && otherNames > 0 ? `; its content stays under ${count(otherNames, 'name')}` : '';
  return `  ${OUTCOMES[outcome](what)}: ${cleanText(path)}${others}`;
}

const OUTCOMES: Record<DeletedRecording['outcome'], (what: string) => string> = {
  deleted: what => `deleted the ${what}`,
  missing: what => `the ${what} was not there any more`,
  changed: () => 'kept, as it is another file now',
  failed: what => `could not delete the ${what}`,
};

function describeProof({ inside, files, fragments, shared }: Proof): string[] {
  const found = inside.found.length + files.found.length;
  const pages = inside.pageBytes > 0 ? ` and all its pages (${sizeOf(inside.pageBytes)})` : '';
  const left = count(shared, 'more fragment');
  return [
    `Then looked for ${count(fragments, 'fragment')} of it, and found ${found === 0 ? 'none' : 'some'}:`,
    `  in the unlocked database: ${count(inside.values, 'value')} of ${count(inside.tables, 'table')}${pages}`,
    `  in the raw bytes of ${count(files.files.length, 'file')} (${sizeOf(files.bytes)}):`,
    ...files.files.map(({ path, bytes }) => `    ${path}  (${sizeOf(bytes)})`),
    ...(shared > 0 ? [`  not looked for: ${left}, as what stays has the same words`] : []),
  ];
}

/** The plan or the outcome as data. */
export function purgeJson(
  { aim, plan, recordings, exports }: Goal,
  outcome: 'nothing' | 'planned' | 'purged',
  done?: { result: PurgeResult; proof: Proof },
): object {
  const { recordings: deleted, exports: deletedExports, ...counts } = done?.result ?? {};
  const calls = plan.calls.map(({ sha256: _, recording: __, ...call }) => call);
  const planned = { ...aim, calls, unfinished: plan.unfinished, staying: plan.staying };
  return {
    schema: 'offrecord.purge/1',
    outcome,
    ...planned,
    recordings: deleted ?? recordings,
    exports: done ? (deletedExports ?? []) : exports,
    ...(done && { counts, proof: done.proof }),
  };
}
