import type { Turn } from '../dialogues/turn.js';
import type { Sides } from '../dialogues.js';
import type { Scene } from './scene.js';

/** What a perfect reader would find in a sample. Times in seconds of the decoded file. */
export interface Expected {
  file: string;
  /** For `--speakers`; null where the file does not keep the sides apart. */
  speakers: string | null;
  duration: number | null;
  utterances: (Turn & { start: number | null; end: number | null })[];
}

/** @param sides the channel or name of each speaker, where the file has one */
export function toExpected(file: string, sides: Sides | null, scene: Scene<Turn, number | null>): Expected {
  return {
    file,
    speakers: sides && `${sides.interviewer}=interviewer,${sides.candidate}=candidate`,
    duration: scene.duration,
    utterances: scene.turns.map(({ speaker, start, end, text, labels, events }) => {
      return { speaker, start, end, text, labels, events };
    }),
  };
}
