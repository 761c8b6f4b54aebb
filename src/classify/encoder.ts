import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AutoModelForSequenceClassification, AutoTokenizer, env, LogLevel, Tensor } from '@xenova/transformers';
import { z } from 'zod';
import { EVENT_NAMES, LABEL_NAMES } from '../taxonomy.js';
import type { EventName, Label } from '../types.js';
import { type Line, toTextPair, truncatePair } from './input.js';

// Before anything loads: the library asks the hub by default.
env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useBrowserCache = false;
env.logLevel = LogLevel.ERROR;

/** The encoder's outputs in their order. */
export const OUTPUTS: (Label | EventName)[] = [...LABEL_NAMES, ...EVENT_NAMES];

/** Log-odds of one utterance, one for each of `OUTPUTS`. */
export type Logits = number[];

/** A loaded red-flag encoder. */
export interface Encoder {
  logits(line: Line, context: Line[]): Promise<Logits>;
  /** Log-odds above which an output counts, in the order of `OUTPUTS`. */
  cuts: number[];
  dispose(): Promise<void>;
}

const CUTS = z.object({ logit: z.record(z.string(), z.number()) });

/**
 * Loads the red-flag encoder from a folder whose files are proven. Opens no connection.
 * @param dir folder in transformers.js layout with `cuts.json`
 */
export async function loadEncoder(dir: string): Promise<Encoder> {
  env.localModelPath = `${dirname(dir)}/`;
  const local = { local_files_only: true } as const;
  const tokenizer = await AutoTokenizer.from_pretrained(basename(dir), local);
  const model = await AutoModelForSequenceClassification.from_pretrained(basename(dir), {
    ...local,
    dtype: 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
  const [cls, sep] = tokenizer.encode('') as [number, number];
  return {
    logits: async (line, context) => {
      const { text, pair } = toTextPair(line, context);
      const tokens = (of: string): number[] => tokenizer.encode(of, { add_special_tokens: false });
      const fitted = truncatePair(tokens(text), tokens(pair));
      const output = await model(toTensors(cls, sep, fitted.own, fitted.context));
      return Array.from(output.logits.data as Float32Array);
    },
    cuts: readCuts(dir),
    dispose: async () => {
      await model.dispose();
    },
  };
}

/** Built by hand: the library drops the second separator of an empty pair and cuts the last one off a long pair. */
function toTensors(cls: number, sep: number, own: number[], context: number[]): Record<string, Tensor> {
  const first = [cls, ...own, sep];
  const second = [...context, sep];
  const tensor = (values: number[]): Tensor =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  return {
    input_ids: tensor([...first, ...second]),
    attention_mask: tensor([...first, ...second].map(() => 1)),
    token_type_ids: tensor([...first.map(() => 0), ...second.map(() => 1)]),
  };
}

function readCuts(dir: string): number[] {
  const { logit } = CUTS.parse(JSON.parse(readFileSync(join(dir, 'cuts.json'), 'utf8')));
  return OUTPUTS.map(name => {
    const cut = logit[name];
    if (cut === undefined) throw new Error(`cuts.json has no cut for ${name}`);
    return cut;
  });
}
