import { type Command, InvalidArgumentError, Option } from 'commander';
import { defaultStoreDir } from '../paths.js';
import type { CallDetails } from '../report/build.js';
import { SENSITIVITIES, type Sensitivity, type Speaker, type SpeakerMap } from '../types.js';

/** Options that every command takes. */
export interface CommonOptions {
  json?: boolean;
  store: string;
}

/** Options of the commands that analyse. */
export interface AnalysisOptions extends CommonOptions {
  save: boolean;
  model?: string;
  language: string;
  sensitivity: Sensitivity;
  speakers?: SpeakerMap;
  company?: string;
  role?: string;
  date?: string;
}

/** Adds `--json` and `--store`. */
export function withCommon(command: Command): Command {
  return command
    .option('--json', 'print JSON instead of text')
    .option('--store <dir>', 'folder of the encrypted store', defaultStoreDir);
}

/** Adds what `analyze` and `batch` share. */
export function withAnalysis(command: Command): Command {
  return withCommon(command)
    .option('--no-save', 'print the report and keep nothing')
    .option(
      '--model <name>',
      'Whisper model; without it the most exact one here that keeps up (see: offrecord models list)',
    )
    .option('--language <code>', 'language of the call, for models that know several', parseLanguage, 'en')
    .option(
      '--speakers <who>',
      'who is who, such as left=candidate,right=interviewer or Laura=interviewer',
      parseSpeakers,
    )
    .addOption(sensitivityOption())
    .option('--company <name>', 'company, kept with the report')
    .option('--role <name>', 'role you applied for, kept with the report')
    .option('--date <day>', 'day of the call, YYYY-MM-DD', parseDate);
}

/** `--sensitivity` */
export function sensitivityOption(): Option {
  return new Option('--sensitivity <level>', 'how readily to flag: low is seldom wrong, high misses less')
    .choices(SENSITIVITIES)
    .default('normal');
}

/** What the user says about who speaks and about the call. */
export function saidByUser(options: AnalysisOptions): { speakers: SpeakerMap; details: CallDetails } {
  return { speakers: options.speakers ?? new Map(), details: detailsOf(options) };
}

function detailsOf({ company, role, date }: AnalysisOptions): CallDetails {
  return { company: company ?? null, role: role ?? null, date: date ?? null };
}

const SPEAKERS: readonly string[] = ['candidate', 'interviewer', 'platform', 'unknown'] satisfies Speaker[];

/** `left=candidate,Laura=interviewer` → sides and names in lower case → speaker. */
export function parseSpeakers(value: string): SpeakerMap {
  const speakers = new Map<string, Speaker>();
  for (const pair of value
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)) {
    const at = pair.lastIndexOf('=');
    const [name, speaker] = [
      pair.slice(0, at).trim().toLowerCase(),
      pair
        .slice(at + 1)
        .trim()
        .toLowerCase(),
    ];
    if (at < 1 || name === '') throw new InvalidArgumentError(`“${pair}” should look like left=candidate.`);
    if (!isSpeaker(speaker)) throw new InvalidArgumentError(`“${speaker}” is none of ${SPEAKERS.join(', ')}.`);
    speakers.set(name, speaker);
  }
  return speakers;
}

function isSpeaker(value: string): value is Speaker {
  return SPEAKERS.includes(value);
}

/** A day such as 2026-11-28, checked. */
export function parseDate(value: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  if (day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)) return value;
  throw new InvalidArgumentError(`“${value}” is not a day like 2026-11-28.`);
}

function parseLanguage(value: string): string {
  if (/^[a-z]{2,3}$/.test(value)) return value;
  throw new InvalidArgumentError(`“${value}” is not a language code like en.`);
}
