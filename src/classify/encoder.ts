import { basename, dirname } from 'node:path';
import { AutoModel, AutoTokenizer, env, LogLevel, Tensor } from '@xenova/transformers';
import { z } from 'zod';
import { SESSION_OPTIONS } from '../session-options.js';
import { type InputLimits, type Line, toTextPair, truncatePair } from './input.js';
import { remember } from './remember.js';

// Before anything loads: the library asks the hub by default.
env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useBrowserCache = false;
env.logLevel = LogLevel.ERROR;

/** What a model says of one line. */
export interface Opinion {
  /** Raw log-odds, one for each output. */
  logits: number[];
  /** What each word of the line, parted by white space, adds to the log-odds of one output; words that were not read are missing. */
  weigh(output: number): number[];
}

/** A loaded red-flag encoder. */
export interface Encoder {
  judge(line: Line, context: Line[]): Promise<Opinion>;
  /** Names of the outputs, in their order. */
  names: string[];
  dispose(): Promise<void>;
}

const CONFIG = z.object({
  id2label: z.record(z.string(), z.string()),
  offrecord: z.object({ utteranceWords: z.int(), contextWords: z.array(z.int()), tokens: z.int() }),
});

/** [CLS], and one [SEP] after each of the two texts. */
const SPECIAL_TOKENS = 3;

/**
 * Loads the red-flag encoder from a folder whose files are proven. Opens no connection.
 * @param dir folder in transformers.js layout
 */
export async function loadEncoder(dir: string): Promise<Encoder> {
  env.localModelPath = `${dirname(dir)}/`;
  const local = { local_files_only: true } as const;
  const tokenizer = await AutoTokenizer.from_pretrained(basename(dir), local);
  const model = await AutoModel.from_pretrained(basename(dir), {
    ...local,
    dtype: 'q8',
    device: 'cpu',
    session_options: SESSION_OPTIONS.classifier(),
  });
  const { id2label, offrecord: limits } = CONFIG.parse(model.config);
  const names = Object.keys(id2label).map((_, i) => id2label[i] ?? '');
  const [cls, sep] = tokenizer.encode('') as [number, number];
  const tokensOf = remember(word => tokenizer.encode(word, { add_special_tokens: false }));
  return {
    judge: async (line, context) => {
      const input = toInput(line, context, limits, tokensOf);
      const output = await model(toTensors(cls, sep, input));
      const weights = output.weights.data as Float32Array;
      return {
        logits: Array.from(output.logits.data as Float32Array),
        weigh: name => sumByWord(input.wordOf, token => weights[(1 + token) * names.length + name] ?? 0),
      };
    },
    names,
    dispose: async () => {
      await model.dispose();
    },
  };
}

interface Input {
  own: number[];
  context: number[];
  /** The word that each token of `own` belongs to; −1 for those of the speaker. */
  wordOf: number[];
}

/** Words are tokenized one by one, which gives the tokens of the whole text, because the tokenizer parts at white space first. */
function toInput(line: Line, context: Line[], limits: InputLimits, tokensOf: (word: string) => number[]): Input {
  const pair = toTextPair(line, context, limits);
  const own = pair.own.map(tokensOf);
  const earlier = pair.context.flatMap(tokensOf);
  const wordOf = own.flatMap((tokens, i) => tokens.map(() => i - 1));
  const keep = truncatePair(wordOf.length, earlier.length, limits.tokens - SPECIAL_TOKENS);
  return {
    own: own.flat().slice(0, keep.own),
    context: earlier.slice(0, keep.context),
    wordOf: wordOf.slice(0, keep.own),
  };
}

/** Built by hand: the library drops the second separator of an empty pair and cuts the last one off a long pair. */
function toTensors(cls: number, sep: number, { own, context }: Input): Record<string, Tensor> {
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

function sumByWord(wordOf: number[], weightOf: (token: number) => number): number[] {
  const sums: number[] = [];
  for (const [token, word] of wordOf.entries()) if (word >= 0) sums[word] = (sums[word] ?? 0) + weightOf(token);
  return sums;
}
