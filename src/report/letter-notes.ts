import type { Report } from '../types.js';
import { describeLaw, NO_LEGAL_ADVICE } from './laws.js';
import { LETTERS, type Letter, type LetterName } from './letters/letters.js';

/** What the candidate should know before sending a letter. Not part of it. */
export function letterNotes(name: LetterName, report: Report, text: string): string[] {
  const { laws }: Letter = LETTERS[name];
  return [
    'Fill in what stands in [brackets], and take out what you don’t want to say.',
    text.includes('“') ? quoteNote(report) : 'Nothing was flagged in this call that this letter could quote.',
    `The letter names no law. ${NO_LEGAL_ADVICE}`,
    ...laws.map(describeLaw),
  ];
}

function quoteNote({ utterances }: Report): string {
  const isGiven = utterances.every(({ trust }) => trust === 'given');
  if (isGiven) return 'The quotes are from your transcript: check that they are what was said.';
  return 'The quotes were heard by software, which mishears: listen to the recording at these times first.';
}
