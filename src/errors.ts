/** Every error the program expects. The message is one sentence for the user: what happened, with which value, what to do. */
export class OffRecordError extends Error {
  override name = 'OffRecordError';

  /** @param kind decides the exit code, see `EXIT_CODES` */
  constructor(
    readonly kind: ErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export type ErrorKind = 'failed' | 'usage' | 'partial' | 'model-missing' | 'store-locked' | 'interrupted';

/** The one table from an error to the exit code of the process. */
export const EXIT_CODES: Record<ErrorKind, number> = {
  failed: 1,
  usage: 2,
  partial: 3,
  'model-missing': 4,
  'store-locked': 5,
  interrupted: 130,
};

/** The error for work that was stopped through an AbortSignal. */
export function interrupted(): OffRecordError {
  return new OffRecordError('interrupted', 'Stopped.');
}

/** Throws the `interrupted` error when the signal has fired. */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted();
}

/** The system's error code (`ENOENT`, `EACCES`, …) of an unknown error, or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
