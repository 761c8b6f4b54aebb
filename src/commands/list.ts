import type { Command } from 'commander';
import { configDir } from '../paths.js';
import { renderList } from '../report/list.js';
import { withStore } from '../store/store.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson, textLayout } from './terminal.js';

/** Declares `offrecord list`. */
export function declareList(program: Command): void {
  withCommon(program.command('list')).description('show the calls that are kept, newest first').action(listCalls);
}

function listCalls(options: CommonOptions): void {
  const calls = withStore(options.store, configDir, store => store.list()) ?? [];
  if (options.json) printJson({ schema: 'offrecord.list/1', calls });
  else print(renderList(calls, textLayout()));
}
