import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EVENT_NAMES, LABEL_NAMES } from '../taxonomy.js';
import type { EventName, Label } from '../types.js';
import { loadEncoder } from './encoder.js';
import type { Line } from './input.js';
import { readLinear } from './linear.js';

/** What the classifier judges of each line, in this order. */
export const OUTPUTS: (Label | EventName)[] = [...LABEL_NAMES, ...EVENT_NAMES];

/** The red-flag classifier: an encoder and a small linear model, mixed and calibrated. */
export interface Classifier {
  /** Calibrated log-odds of each of `OUTPUTS` for one line, given the lines before it (nearest last). */
  logOdds(line: Line, context: Line[]): Promise<number[]>;
  /** Log-odds above which an output counts, in the order of `OUTPUTS`. */
  cuts: number[];
  dispose(): Promise<void>;
}

const CALIBRATION = z.object({
  format: z.literal('offrecord.calibration/1'),
  encoderShare: z.number().min(0).max(1),
  engines: z.object({
    mix: z.record(z.string(), z.object({ scale: z.number(), bias: z.number(), cut: z.number().gt(0).lt(1) })),
  }),
});

/**
 * Loads the classifier from a folder whose files are proven: `encoder/`, `linear.bin`, `calibration.json`. Opens no connection.
 * @throws Error when the parts do not belong together
 */
export async function loadClassifier(dir: string): Promise<Classifier> {
  const { encoderShare, engines } = CALIBRATION.parse(JSON.parse(readFileSync(join(dir, 'calibration.json'), 'utf8')));
  const linear = readLinear(readFileSync(join(dir, 'linear.bin')));
  if (linear.names.join() !== OUTPUTS.join()) throw new Error('linear.bin has other names than this program');
  const calibration = OUTPUTS.map(name => {
    const found = engines.mix[name];
    if (!found) throw new Error(`calibration.json lacks ${name}`);
    return found;
  });
  const encoder = await loadEncoder(join(dir, 'encoder'));
  if (encoder.names.join() !== OUTPUTS.join()) throw new Error('the encoder has other names than this program');
  return {
    logOdds: async (line, context) => {
      const [fromEncoder, fromLinear] = [await encoder.logits(line, context), linear.logits(line, context)];
      return calibration.map(({ scale, bias }, i) => {
        const mixed = encoderShare * (fromEncoder[i] ?? 0) + (1 - encoderShare) * (fromLinear[i] ?? 0);
        return scale * mixed + bias;
      });
    },
    cuts: calibration.map(({ cut }) => Math.log(cut / (1 - cut))),
    dispose: () => encoder.dispose(),
  };
}
