/** How onnxruntime runs a model. */
export interface SessionOptions {
  intraOpNumThreads: number;
  interOpNumThreads: number;
  logSeverityLevel?: 0 | 1 | 2 | 3 | 4;
  extra?: Record<string, unknown>;
}

/** No gain was measured from running parts of a graph side by side. */
const COMMON = { intraOpNumThreads: 1, interOpNumThreads: 1 };

/** The session options of each kind of model, all in one place, to be tried again with a new runtime: `npm run models:check`. */
export const SESSION_OPTIONS = {
  /** @param threads for one window */
  whisper: (threads: number): SessionOptions => ({
    ...COMMON,
    intraOpNumThreads: threads,
    // Else the tied output head of the hub's q8 decoders is dequantised for every token: half the speed.
    extra: { session: { disable_quant_qdq: '1' } },
  }),
  /** A frame is too small to share: two threads are slower. */
  vad: (): SessionOptions => ({ ...COMMON, logSeverityLevel: 3 }),
  classifier: (): SessionOptions => ({ ...COMMON }),
};
