import { cleanText } from '../clean-text.js';
import { roughly } from '../time.js';
import type { Progress } from '../types.js';

/** A line about work under way, on standard error; rewritten in place on a terminal, silent elsewhere. */
export interface ProgressLine {
  /** @param title what is worked on, such as a file's name */
  show(title: string, text: string): void;
  clear(): void;
}

const MIN_MS_BETWEEN = 100;

/** The progress line of this process. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let last = 0;
  let shown = false;
  return {
    show: (title, text) => {
      const now = performance.now();
      if (!stream.isTTY || now - last < MIN_MS_BETWEEN) return;
      last = now;
      shown = true;
      const line = cleanText(`${text}  ${title}`).slice(0, (stream.columns ?? 80) - 1);
      stream.write(`\r\u001b[2K${line}`);
    },
    clear: () => {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}

const STAGES: Record<Progress['stage'], string> = {
  decode: 'finding speech',
  transcribe: 'transcribing',
  classify: 'looking for red flags',
};

/** A stage's progress in words: `transcribing 40 %, about 2 min left`. */
export function describeProgress({ stage, done, total, eta }: Progress): string {
  const share = total > 0 ? ` ${Math.floor((100 * done) / total)} %` : '';
  return `${STAGES[stage]}${share}${eta === null ? '' : `, about ${roughly(eta)} left`}`;
}
