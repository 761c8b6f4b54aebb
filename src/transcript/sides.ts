import type { Speaker, SpeakerMap } from '../types.js';

/** What a side of a stereo recording is called in `--speakers`. */
export const SIDES = ['left', 'right'] as const;

/**
 * Who speaks on a channel of a stereo recording. When the user named only one side, the other side is the other person.
 * @param channel 0 is left, 1 is right
 */
export function sideSpeaker(speakers: SpeakerMap, channel: number): Speaker {
  const own = speakers.get(SIDES[channel] ?? '');
  if (own) return own;
  const other = speakers.get(SIDES[1 - channel] ?? '');
  if (other === 'candidate') return 'interviewer';
  return other === 'interviewer' ? 'candidate' : 'unknown';
}
