import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { pulledModelsDir } from '../paths.js';
import { type Model, weightsOf } from './manifest.js';

/** Measured speeds: sha256 of a model’s weights → seconds of work a second of recording (RTF; lower is faster). */
export type Speeds = ReadonlyMap<string, number>;

/** What to expect of a model that was not measured here, on an old computer with two cores. */
const EXPECTED_RTF: Record<NonNullable<Model['speed']>, number> = { fast: 0.1, medium: 0.2, slow: 0.5 };

const FILE = join(pulledModelsDir, 'speeds.json');
const schema = z.strictObject({
  schema: z.literal('offrecord.speeds/1'),
  /** A folder of models may be copied to another computer: its speeds do not count there. */
  machine: z.string(),
  speeds: z.record(z.string(), z.number().positive()),
});

/** The speed of a model on this computer, and whether it was measured or is only expected. */
export function speedOf(model: Model, speeds: Speeds): { rtf: number; measured: boolean } {
  const rtf = speeds.get(weightsOf(model));
  return { rtf: rtf ?? EXPECTED_RTF[model.speed ?? 'slow'], measured: rtf !== undefined };
}

/** The speeds that were measured on this computer. What can’t be read is measured anew some day. */
export function readSpeeds(machine = thisMachine()): Speeds {
  try {
    const noted = schema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
    return new Map(noted.machine === machine ? Object.entries(noted.speeds) : []);
  } catch {
    return new Map();
  }
}

/** Keeps the measured speed of a model, beside the models. */
export function noteSpeed(model: Model, rtf: number, machine = thisMachine()): void {
  const speeds = Object.fromEntries(new Map(readSpeeds(machine)).set(weightsOf(model), rtf));
  mkdirSync(pulledModelsDir, { recursive: true, mode: 0o700 });
  const draft = `${FILE}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify({ schema: 'offrecord.speeds/1', machine, speeds }, null, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(draft, FILE);
}

/** The processor and how many threads of it this program uses. */
function thisMachine(): string {
  return `${cpus()[0]?.model.trim() ?? process.arch}, ${availableParallelism()} threads`;
}
