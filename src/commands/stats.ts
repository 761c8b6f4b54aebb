import type { Command } from 'commander';
import { renderStatistics } from '../report/statistics.js';
import { NOTHING_COUNTED } from '../store/store.js';
import { inStore } from './in-store.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson, textLayout } from './terminal.js';

/** Declares `offrecord stats`. */
export function declareStats(program: Command): void {
  withCommon(program.command('stats'))
    .description('count flags over the calls that are kept: by label, by company, over time')
    .action(showStatistics);
}

function showStatistics(options: CommonOptions): void {
  const counted =
    inStore(options, store => {
      const statistics = store.statistics();
      store.record('listed', { calls: statistics.total.calls });
      return statistics;
    }) ?? NOTHING_COUNTED;
  if (options.json) printJson({ schema: 'offrecord.stats/1', ...counted });
  else print(renderStatistics(counted, textLayout().paint));
}
