import type { Command } from 'commander';
import type { Check } from '../doctor/check.js';
import { OffRecordError } from '../errors.js';
import { keyDirOf } from '../paths.js';
import type { Meaning } from '../report/style.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson, textLayout } from './terminal.js';

/** Declares `offrecord doctor`. */
export function declareDoctor(program: Command): void {
  withCommon(program.command('doctor'))
    .description('check computer, models and store, and say how to mend what is wrong; changes nothing')
    .action(examineAll);
}

async function examineAll(options: CommonOptions): Promise<void> {
  const { examine } = await import('../doctor/doctor.js');
  const checks = await examine(options.store, keyDirOf(options.store));
  const bad = checks.filter(({ state }) => state === 'failed').map(({ name }) => name);
  if (options.json) printJson({ schema: 'offrecord.doctor/1', healthy: bad.length === 0, checks });
  else print(checks.map(line).join('\n'));
  if (bad.length > 0) throw new OffRecordError('failed', `Not as it should be: ${bad.join(', ')}.`);
}

function line({ name, state, seen, mend }: Check): string {
  const { paint } = textLayout();
  const advice = mend === null ? '' : `\n         ${mend}`;
  return `${paint(MEANINGS[state], state.padEnd(7))}  ${name}: ${seen}${advice}`;
}

const MEANINGS: Record<Check['state'], Meaning> = { ok: 'good', warning: 'high', failed: 'critical' };
