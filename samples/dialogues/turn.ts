import { isLabel } from '../../src/taxonomy.js';
import type { EventName, Label } from '../../src/types.js';

/** What one person says before the other answers, with what it is by the taxonomy. */
export interface Turn {
  speaker: 'interviewer' | 'candidate';
  text: string;
  labels: Label[];
  events: EventName[];
}

/** A turn of the other side. */
export function interviewer(text: string, ...marks: (Label | EventName)[]): Turn {
  return turn('interviewer', text, marks);
}

/** A turn of the job candidate. */
export function candidate(text: string, ...marks: (Label | EventName)[]): Turn {
  return turn('candidate', text, marks);
}

function turn(speaker: Turn['speaker'], text: string, marks: (Label | EventName)[]): Turn {
  const labels = marks.filter(mark => isLabel(mark));
  const events = marks.filter(mark => !isLabel(mark));
  return { speaker, text, labels, events };
}
