import { basename, dirname } from 'node:path';
import {
  AutomaticSpeechRecognitionPipeline,
  env,
  LogLevel,
  type Processor,
  pipeline,
  Tensor,
} from '@xenova/transformers';
import { SESSION_OPTIONS } from '../session-options.js';
import { padFeatures } from './features.js';

// Before anything loads: the library asks the hub by default.
env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useBrowserCache = false;
env.logLevel = LogLevel.ERROR;

/** Text that Whisper heard in a window, in seconds from the window's start; end is null where it gave none. */
export interface Heard {
  start: number;
  end: number | null;
  text: string;
}

/** A loaded Whisper model. */
export interface Whisper {
  /** @param samples one window of 16 kHz samples, at most 30 s */
  transcribe(samples: Float32Array): Promise<Heard[]>;
  dispose(): Promise<void>;
}

export interface WhisperOptions {
  dtype: 'fp32' | 'fp16' | 'q8';
  /** Threads for one window. */
  threads: number;
  /** Language of the call; models that know one language refuse to be told. */
  language: string;
}

/** Whisper’s own rate: no window is longer. */
const SAMPLE_RATE = 16000;
/** Far more tokens than speech needs, so that a loop ends soon: fast speech has about eight a second. */
const TOKENS_A_SECOND = 14;
const TOKENS_AT_LEAST = 24;
const TOKENS_AT_MOST = 440;

/**
 * Loads a Whisper model in transformers.js layout from a folder whose files are proven. Opens no connection.
 * @param dir folder with config.json, tokenizer.json, onnx/…
 */
export async function loadWhisper(dir: string, options: WhisperOptions): Promise<Whisper> {
  env.localModelPath = `${dirname(dir)}/`;
  const { task, model, tokenizer, processor } = await pipeline('automatic-speech-recognition', basename(dir), {
    dtype: options.dtype,
    device: 'cpu',
    local_files_only: true,
    session_options: SESSION_OPTIONS.whisper(options.threads),
  });
  const recognizer = new AutomaticSpeechRecognitionPipeline({
    ...{ task, model, tokenizer },
    processor: withQuickFeatures(processor),
  });
  const language = languageOptions(recognizer, options.language);
  return {
    transcribe: async samples => {
      const max_new_tokens = tokenLimit(samples.length / SAMPLE_RATE);
      const output = await recognizer(samples, { return_timestamps: true, max_new_tokens, ...language });
      return toHeard(Array.isArray(output) ? output[0]?.chunks : output.chunks);
    },
    dispose: async () => {
      await recognizer.dispose();
    },
  };
}

/** Only a multilingual model takes language and task; its own generation config says which kind it is. */
function languageOptions(recognizer: AutomaticSpeechRecognitionPipeline, language: string): object {
  const config = recognizer.model.generation_config as { is_multilingual?: boolean } | null;
  return config?.is_multilingual ? { language, task: 'transcribe' } : {};
}

function tokenLimit(seconds: number): number {
  return Math.min(TOKENS_AT_MOST, TOKENS_AT_LEAST + Math.ceil(seconds * TOKENS_A_SECOND));
}

function toHeard(chunks: { timestamp: [number, number | null]; text: string }[] | undefined): Heard[] {
  return (chunks ?? []).map(({ timestamp: [start, end], text }) => ({ start: start ?? 0, end: end ?? null, text }));
}

/** The part of the library’s feature extractor that is used. */
interface Extractor {
  config: { n_samples: number; n_fft: number; hop_length: number; feature_size: number; nb_max_frames: number };
  (samples: Float32Array, options: { max_length: number }): Promise<{ input_features: Tensor }>;
}

/**
 * A processor with the library’s own features, without computing those of the silence that fills a window up to 30 s: a
 * third of the time of a short window.
 */
export function withQuickFeatures(processor: Processor): Processor {
  const extractor = processor.feature_extractor as unknown as Extractor;
  const { n_samples, n_fft, hop_length, feature_size, nb_max_frames } = extractor.config;
  const extract = async (samples: Float32Array): Promise<{ input_features: Tensor }> => {
    // The last samples reach into the frames behind them.
    const max_length = Math.min(n_samples, Math.ceil((samples.length + n_fft) / hop_length) * hop_length);
    const { input_features } = await extractor(samples, { max_length });
    const padded = padFeatures(input_features.data as Float32Array, feature_size, nb_max_frames);
    return { input_features: new Tensor('float32', padded, [1, feature_size, nb_max_frames]) };
  };
  return Object.assign(extract, { feature_extractor: extractor }) as unknown as Processor;
}
