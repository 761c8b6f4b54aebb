import type { Piece, SpeakerMap } from '../types.js';
import { speakerOf } from './speakers.js';

/** Words in a transcript, with the name that stands before them and the times in seconds, where it has them. */
export interface Said {
  name: string | null;
  start: number | null;
  end: number | null;
  text: string;
}

/**
 * What was said → pieces. The channel numbers the names in the order of their first words, so that two unknown people who
 * have names stay apart; without names all is channel 0.
 */
export function toGivenPieces(said: Said[], speakers: SpeakerMap): Piece[] {
  const voices = new Map<string, Pick<Piece, 'channel' | 'speaker'>>();
  return said.map(({ name, start, end, text }) => {
    const key = name?.toLowerCase() ?? '';
    const voice = voices.get(key) ?? {
      channel: voices.size,
      speaker: name === null ? ('unknown' as const) : speakerOf(name, speakers),
    };
    voices.set(key, voice);
    return { start, end, ...voice, text, trust: 'given' as const };
  });
}
