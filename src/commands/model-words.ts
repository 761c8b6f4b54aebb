import { type Model, modelBytes } from '../models/manifest.js';
import { roughly } from '../time.js';

const HOUR_SECONDS = 3600;

/** The size of a model: `80 MB`. */
export function sizeOf(model: Model): string {
  return `${megabytes(modelBytes(model))} MB`;
}

/** How long an hour of audio takes: `an hour in 4 min, measured`. */
export function paceOf({ rtf, measured }: { rtf: number; measured: boolean }): string {
  return `an hour in ${roughly(HOUR_SECONDS * rtf)}, ${measured ? 'measured' : 'expected'}`;
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
