import { cleanText } from '../clean-text.js';
import { count, sizeOf } from '../report/amounts.js';
import type { FoundExport, FoundRecording, PurgePlan } from '../store/store.js';

/** How far a purge goes. */
export interface Aim {
  destroysKey: boolean;
  transcriptsOnly: boolean;
  withRecordings: boolean;
}

/** A call's recording as it was found; `unknown` for a call that was saved without its path. */
export interface PlannedRecording extends Omit<FoundRecording, 'state'> {
  id: string;
  path: string | null;
  state: FoundRecording['state'] | 'unknown';
}

/** What is going to be deleted, and how far. */
export interface Goal {
  aim: Aim;
  plan: PurgePlan;
  recordings: PlannedRecording[];
  /** Files that were exported of the calls; `others` are calls in them that stay in the store. */
  exports: (FoundExport & { others: number })[];
}

/** The plan as a person reads it before saying yes. */
export function describePlan({ aim, plan, recordings, exports }: Goal): string {
  const { calls, unfinished } = plan;
  return [
    headline(aim, plan),
    ...calls.map(({ id, date, file, pinned }) => `  ${id}  ${date}  ${file}${pinned ? '  (pinned)' : ''}`),
    ...unfinished.map(({ id, date }) => `  ${id}  ${date}  what was heard before an analysis was stopped`),
    ...recordings.map(describeRecording),
    ...exports.map(describeExport),
    ...whatStays(aim, plan),
  ].join('\n');
}

function headline({ transcriptsOnly }: Aim, plan: PurgePlan): string {
  const { calls, unfinished } = plan;
  const [utterances, flags, bytes] = [sum(calls, 'utterances'), sum(calls, 'flags'), sum(calls, 'bytes')];
  const size = sizeOf(bytes + sum(unfinished, 'bytes'));
  const what = count(calls.length + unfinished.length, 'call');
  const amount = `${count(utterances, 'utterance')} and ${count(flags, 'flag')} (${size})`;
  if (transcriptsOnly) return `All words of ${what} would be deleted: ${amount}.`;
  return `${what} would be deleted, with ${amount}.`;
}

function describeRecording({ id, path, state, bytes, otherNames }: PlannedRecording): string {
  const name = cleanText(path ?? '');
  if (state === 'unknown') return `  the recording of ${id} stays: where it lies is not known`;
  if (state === 'missing') return `  the recording of ${id} is not there any more: ${name}`;
  if (state !== 'there') return `  the recording of ${id} stays, as it ${STAYS[state]}: ${name}`;
  const others = otherNames > 0 ? `, but its content stays under ${count(otherNames, 'other name')}` : '';
  return `  the recording of ${id} goes too: ${name} (${sizeOf(bytes)}${others})`;
}

const STAYS = { changed: 'is another file now', unreadable: 'can’t be read' };

function describeExport({ path, state, bytes, others }: Goal['exports'][number]): string {
  const name = cleanText(path);
  if (state === 'missing') return `  an export is not there any more; if you moved it, delete it yourself: ${name}`;
  if (state !== 'there') return `  an export stays, as it ${STAYS[state]}; delete it yourself: ${name}`;
  const more =
    others > 0 ? `, with ${count(others, 'other call')} in it that ${others === 1 ? 'stays' : 'stay'} here` : '';
  return `  an export goes too: ${name} (${sizeOf(bytes)}${more})`;
}

function whatStays({ destroysKey, transcriptsOnly, withRecordings }: Aim, { staying }: PurgePlan): string[] {
  const others = `${count(staying, 'other call')} ${staying === 1 ? 'stays' : 'stay'}.`;
  return [
    transcriptsOnly && 'Their verdicts, labels and times stay, with file name, company, role and your notes.',
    destroysKey && 'The key goes too, so copies of the store in backups can’t be read any more.',
    !withRecordings && 'Recordings stay where they are.',
    !destroysKey && others,
  ].filter(line => line !== false);
}

function sum<Key extends string>(items: Record<Key, number>[], key: Key): number {
  return items.reduce((total, item) => total + item[key], 0);
}
