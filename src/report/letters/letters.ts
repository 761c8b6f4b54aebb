import type { Report } from '../../types.js';
import type { LawName } from '../laws.js';
import { accessLetter } from './access.js';
import { deletionLetter } from './deletion.js';
import { noRecordingLetter } from './no-recording.js';
import { policyLetter } from './policy.js';

/** A letter in the candidate's voice. It names no law: what may apply is told to the candidate beside it. */
export interface Letter {
  about: string;
  laws: LawName[];
  write(report: Report): string;
}

/** Every letter that can be written about a call. */
export const LETTERS = {
  access: { about: 'asks for a copy of what they keep of you', laws: ['california', 'gdpr'], write: accessLetter },
  deletion: {
    about: 'asks them to delete what they keep of you',
    laws: ['california', 'gdpr', 'illinois-video'],
    write: deletionLetter,
  },
  'no-recording': {
    about: 'says that you are not to be recorded',
    laws: ['recording', 'illinois-biometrics'],
    write: noRecordingLetter,
  },
  policy: {
    about: 'asks for their rules in writing',
    laws: ['new-york', 'illinois-video', 'gdpr'],
    write: policyLetter,
  },
} satisfies Record<string, Letter>;

export type LetterName = keyof typeof LETTERS;

/** The names of the letters, in the order in which they are offered. */
export const LETTER_NAMES = Object.keys(LETTERS) as LetterName[];
