import type { Command } from 'commander';
import { OffRecordError } from '../errors.js';
import { findRecording, type Store } from '../store/store.js';
import type { Flag } from '../types.js';
import { describeExported } from './export-text.js';
import { inStore } from './in-store.js';
import { type CommonOptions, withCommon } from './options.js';
import { print, printJson } from './terminal.js';

interface Options extends CommonOptions {
  output: string;
  force?: boolean;
}

/** Seconds before and after the flagged moment. */
const MARGIN = 2;

/** Declares `offrecord clip ID FLAG`. */
export function declareClip(program: Command, signal: AbortSignal): void {
  withCommon(program.command('clip'))
    .description('save the moment of a flag as a sound file (WAV), while the recording is there')
    .argument('<id>', 'id of the call, or its beginning (see: offrecord list)')
    .argument('<flag>', 'number of the flag (see: offrecord dismiss ID)')
    .requiredOption('-o, --output <file>', 'file to write; a purge of the call deletes it too')
    .option('--force', 'replace a file that is there')
    .action((id: string, flag: string, options: Options) => saveClip(id, flag, options, signal));
}

async function saveClip(id: string, flag: string, options: Options, signal: AbortSignal): Promise<void> {
  const moment = inStore(options, store => momentOf(store, id, Number(flag)));
  if (!moment) throw new OffRecordError('failed', 'No calls are kept yet. Analyse one with: offrecord analyze FILE');
  const { cutClip } = await import('../audio/clip.js');
  const wav = await cutClip(moment.recording, moment.from, moment.to, signal);
  inStore(options, store => {
    const { output: path, force = false } = options;
    const file = store.exportTo({ path, kind: 'clip', ids: [id], force }, () => [wav]);
    if (options.json) printJson({ schema: 'offrecord.clip/1', file });
    else print(describeExported([file], store.retention(new Date()).days));
  });
}

function momentOf(store: Store, given: string, number: number): { recording: string; from: number; to: number } {
  const { call, flags } = store.get(given);
  const flag = flags.find(one => one.id === number);
  if (!flag)
    throw new OffRecordError(
      'failed',
      `The call ${call.id} has no flag number ${number}. See: offrecord dismiss ${call.id}`,
    );
  const { from, to } = timesOf(flag);
  return { recording: recordingOf(store, call.id), from, to };
}

function timesOf({ start, end }: Flag): { from: number; to: number } {
  if (start === null || end === null)
    throw new OffRecordError('failed', 'This transcript has no times, so there is no moment to save.');
  return { from: Math.max(0, start - MARGIN), to: end + MARGIN };
}

function recordingOf(store: Store, id: string): string {
  const [planned] = store.plan({ ids: [id], company: null, before: null, withWords: false }).calls;
  const path = planned?.recording ?? null;
  if (path === null) throw new OffRecordError('failed', 'Where the recording of this call lies is not known.');
  if (findRecording({ path, sha256: planned?.sha256 ?? '' }).state === 'there') return path;
  throw new OffRecordError(
    'failed',
    `The recording is not at ${path} any more, or was changed. Put it back there first.`,
  );
}
