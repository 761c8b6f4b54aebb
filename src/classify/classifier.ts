import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EVENT_NAMES, LABEL_NAMES } from '../taxonomy.js';
import { type EventName, type Label, SENSITIVITIES, type Sensitivity } from '../types.js';
import { loadEncoder, type Opinion } from './encoder.js';
import type { Line } from './input.js';
import { type LinearModel, readLinear } from './linear.js';

/** What the classifier judges of each line, in this order. */
export const OUTPUTS: (Label | EventName)[] = [...LABEL_NAMES, ...EVENT_NAMES];

/** What is known of one line: calibrated log-odds of each of `OUTPUTS`, and what each of its words adds to one of them. */
export interface Judgement {
  logOdds: number[];
  weigh(output: number): number[];
}

/** The red-flag classifier: an encoder and a small linear model, mixed and calibrated. */
export interface Classifier {
  /** Judges one line, given the lines before it (nearest last; at most `EARLIER_LINES` are looked at). */
  judge(line: Line, context: Line[]): Promise<Judgement>;
  /** Log-odds above which an output counts, in the order of `OUTPUTS`, for each sensitivity. */
  cuts: Record<Sensitivity, number[]>;
  /** Tells the two sides of an interview apart by their words. */
  roles: LinearModel;
  dispose(): Promise<void>;
}

const CUT = z.number().gt(0).lt(1);

const CALIBRATION = z.object({
  format: z.literal('offrecord.calibration/2'),
  encoderShare: z.number().min(0).max(1),
  names: z.record(
    z.string(),
    z.object({
      scale: z.number().positive(),
      bias: z.number(),
      cuts: z.object({ low: CUT, normal: CUT, high: CUT }),
    }),
  ),
});

/**
 * Loads the classifier from a folder whose files are proven: `encoder/`, `linear.bin`, `roles.bin`, `calibration.json`. Opens no connection.
 * @throws Error when the parts do not belong together
 */
export async function loadClassifier(dir: string): Promise<Classifier> {
  const { encoderShare, names } = CALIBRATION.parse(JSON.parse(readFileSync(join(dir, 'calibration.json'), 'utf8')));
  const linear = readLinear(readFileSync(join(dir, 'linear.bin')));
  if (linear.names.join() !== OUTPUTS.join()) throw new Error('linear.bin has other names than this program');
  const roles = readLinear(readFileSync(join(dir, 'roles.bin')));
  if (roles.names.join() !== 'candidate,interviewer') throw new Error('roles.bin has other names than this program');
  const calibration = OUTPUTS.map(name => {
    const found = names[name];
    if (!found) throw new Error(`calibration.json lacks ${name}`);
    return found;
  });
  const encoder = await loadEncoder(join(dir, 'encoder'));
  if (encoder.names.join() !== OUTPUTS.join()) throw new Error('the encoder has other names than this program');
  const mix = (fromEncoder = 0, fromLinear = 0): number => encoderShare * fromEncoder + (1 - encoderShare) * fromLinear;
  const cutsOf = (sensitivity: Sensitivity): number[] => calibration.map(({ cuts }) => toLogOdds(cuts[sensitivity]));
  return {
    judge: async (line, context) => {
      const [first, second]: [Opinion, Opinion] = [await encoder.judge(line, context), linear.judge(line, context)];
      return {
        logOdds: calibration.map(({ scale, bias }, i) => scale * mix(first.logits[i], second.logits[i]) + bias),
        weigh: output => {
          const [ofEncoder, ofLinear] = [first.weigh(output), second.weigh(output)];
          const scale = calibration[output]?.scale ?? 0;
          return ofLinear.map((weight, word) => scale * mix(ofEncoder[word], weight));
        },
      };
    },
    cuts: Object.fromEntries(SENSITIVITIES.map(one => [one, cutsOf(one)])) as Classifier['cuts'],
    roles,
    dispose: () => encoder.dispose(),
  };
}

function toLogOdds(score: number): number {
  return Math.log(score / (1 - score));
}
