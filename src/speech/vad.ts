import { InferenceSession, Tensor } from 'onnxruntime-node';
import { SESSION_OPTIONS } from '../session-options.js';

/** Samples Silero judges at once (32 ms). */
export const FRAME_SAMPLES = 512;
/** Silero v5 and later hear nothing, silently, unless each frame is led by the 64 samples before it. */
const CONTEXT_SAMPLES = 64;
const STATE_SHAPE = [2, 1, 128];

/** Probability of speech and loudness of one channel, one value a frame of `FRAME_SAMPLES`. */
export interface Activity {
  probabilities: number[];
  /** Decibels of full scale, at least -120. */
  levels: number[];
}

/** A loaded voice activity detector. */
export interface Vad {
  session: InferenceSession;
  dispose(): Promise<void>;
}

/** Loads the Silero voice activity detector from its ONNX bytes (proven by the caller). */
export async function loadVad(model: Uint8Array): Promise<Vad> {
  const session = await InferenceSession.create(model, SESSION_OPTIONS.vad());
  return { session, dispose: () => session.release() };
}

/** Listens to one channel of 16 kHz samples, in blocks of any length. */
export class SpeechScanner {
  activity: Activity = { probabilities: [], levels: [] };
  #state = new Float32Array(256);
  #context = new Float32Array(CONTEXT_SAMPLES);
  #left = new Float32Array(0);

  constructor(
    private readonly vad: Vad,
    private readonly sampleRate: number,
  ) {}

  /** Takes the next samples of the channel. */
  async push(samples: Float32Array): Promise<void> {
    const all = new Float32Array(this.#left.length + samples.length);
    all.set(this.#left);
    all.set(samples, this.#left.length);
    let at = 0;
    for (; at + FRAME_SAMPLES <= all.length; at += FRAME_SAMPLES)
      await this.#judge(all.subarray(at, at + FRAME_SAMPLES));
    this.#left = all.slice(at);
  }

  /** Judges what is left, filled up with silence. */
  async finish(): Promise<Activity> {
    if (this.#left.length > 0) await this.push(new Float32Array(FRAME_SAMPLES - this.#left.length));
    return this.activity;
  }

  /** A second scanner that has heard the same so far. */
  clone(): SpeechScanner {
    const twin = new SpeechScanner(this.vad, this.sampleRate);
    twin.activity = structuredClone(this.activity);
    twin.#state = this.#state;
    twin.#context = this.#context;
    twin.#left = this.#left;
    return twin;
  }

  async #judge(frame: Float32Array): Promise<void> {
    const input = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES);
    input.set(this.#context);
    input.set(frame, CONTEXT_SAMPLES);
    const out = await this.vad.session.run({
      input: new Tensor('float32', input, [1, input.length]),
      state: new Tensor('float32', this.#state, STATE_SHAPE),
      sr: new Tensor('int64', [BigInt(this.sampleRate)], []),
    });
    this.#state = out.stateN?.data as Float32Array<ArrayBuffer>;
    this.#context = frame.slice(-CONTEXT_SAMPLES);
    this.activity.probabilities.push(Number(out.output?.data[0]));
    this.activity.levels.push(decibels(frame));
  }
}

function decibels(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(Math.max(1e-12, sum / samples.length));
}
