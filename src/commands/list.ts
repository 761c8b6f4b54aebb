import type { Command } from 'commander';
import { renderList } from '../report/list.js';
import type { Unfinished } from '../store/store.js';
import { inStore } from './in-store.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson, textLayout } from './terminal.js';

/** Declares `offrecord list`. */
export function declareList(program: Command): void {
  withCommon(program.command('list')).description('show the calls that are kept, newest first').action(listCalls);
}

/** Prints the calls that are kept. */
export function listCalls(options: CommonOptions): void {
  const kept = inStore(options, store => {
    const calls = store.list();
    store.record('listed', { calls: calls.length });
    return { calls, unfinished: store.unfinished() };
  });
  const { calls, unfinished } = kept ?? { calls: [], unfinished: [] };
  if (options.json) printJson({ schema: 'offrecord.list/1', calls, unfinished });
  else print([renderList(calls, textLayout()), ...unfinished.map(describeUnfinished)].join('\n'));
}

function describeUnfinished({ id }: Unfinished): string {
  return `${id}  stopped in the middle: the same \`analyze\` goes on, \`offrecord purge ${id}\` deletes what was heard`;
}
