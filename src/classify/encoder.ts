import { basename, dirname } from 'node:path';
import { AutoModelForSequenceClassification, AutoTokenizer, env, LogLevel, Tensor } from '@xenova/transformers';
import { type Line, toTextPair, truncatePair } from './input.js';

// Before anything loads: the library asks the hub by default.
env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useBrowserCache = false;
env.logLevel = LogLevel.ERROR;

/** A loaded red-flag encoder. */
export interface Encoder {
  /** Raw log-odds of one line, one for each output of the model’s own `config.json`. */
  logits(line: Line, context: Line[]): Promise<number[]>;
  /** Names of the outputs, in their order. */
  names: string[];
  dispose(): Promise<void>;
}

/**
 * Loads the red-flag encoder from a folder whose files are proven. Opens no connection.
 * @param dir folder in transformers.js layout
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
    names: namesOf(model.config),
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

function namesOf(config: object): string[] {
  const { id2label } = config as { id2label?: Record<string, string> };
  const names = id2label ?? {};
  return Object.keys(names).map((_, i) => names[i] ?? '');
}
