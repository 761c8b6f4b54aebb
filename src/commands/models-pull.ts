import type { Command } from 'commander';
import { hubOf, proxiesOf, reachableHosts } from '../models/hub.js';
import { findModel, modelBytes, modelDir, readManifest } from '../models/manifest.js';
import type { PullProgress } from '../models/pull.js';
import { allowHosts } from '../privacy/refusal.js';
import { roughly } from '../time.js';
import { megabytes, paceOf } from './model-words.js';
import { measureOne } from './models-list.js';
import { type CommonOptions, withCommon } from './options.js';
import { progressLine } from './progress.js';
import { notice, print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  mirror?: string;
  measure: boolean;
}

/** Declares `offrecord models pull`. */
export function declarePull(models: Command, signal: AbortSignal): void {
  withCommon(models.command('pull'))
    .description('get a Whisper model for real calls; the only command that uses the network')
    .argument('[name]', 'model to get', 'base.en')
    .option('--mirror <url>', 'https address of a mirror of the hub (or OFFRECORD_MIRROR)')
    .option('--no-measure', 'leave out the measurement of its speed afterwards')
    .action((name: string, options: Options) => pull(name, options, signal));
}

async function pull(name: string, options: Options, signal: AbortSignal): Promise<void> {
  const model = findModel('whisper', name);
  const hub = hubOf(readManifest(), options.mirror ?? process.env.OFFRECORD_MIRROR);
  const proxies = proxiesOf(process.env);
  notice(
    `Whisper ${name}, ${megabytes(modelBytes(model))} MB, from ${new URL(hub.address).host}, once. Nothing of yours is sent.`,
  );
  // Loaded only now: nothing else needs what opens connections.
  const { pullModel } = await import('../models/pull.js');
  const progress = progressLine();
  const started = performance.now();
  allowHosts(reachableHosts(hub, proxies));
  try {
    await pullModel(model, {
      ...{ hub, proxies, signal },
      onProgress: step => progress.show(name, describePull(step, (performance.now() - started) / 1000)),
    });
  } finally {
    progress.clear();
    allowHosts([]);
  }
  const rtf = options.measure ? await measureOne(model, signal) : null;
  if (options.json)
    printJson({ schema: 'offrecord.models-pull/1', name, installed: true, folder: modelDir(model), rtf });
  else print(`${name} is here and proven: size and sha256 of every file are those that were pinned.${aboutSpeed(rtf)}`);
}

function aboutSpeed(rtf: number | null): string {
  return rtf === null ? '' : ` On this computer: ${paceOf({ rtf, measured: true })}.`;
}

/** `42 %, 34 of 80 MB, 5.2 MB/s, about 9 s left`; speed and time go by what came over the network, not by what was here. */
export function describePull({ done, total, fetched }: PullProgress, seconds: number): string {
  const share = `${Math.floor((100 * done) / total)} %, ${megabytes(done)} of ${megabytes(total)} MB`;
  if (fetched === 0 || seconds === 0) return share;
  const speed = fetched / seconds;
  return `${share}, ${(speed / 1e6).toFixed(1)} MB/s, about ${roughly((total - done) / speed)} left`;
}
