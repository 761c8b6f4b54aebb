import type { Report } from '../../types.js';
import { flagsOf, letter, quotes } from './frame.js';

/** Asks for a copy of all that is kept of the candidate. */
export function accessLetter(report: Report): string {
  return letter('What you keep of me', report, [
    ...quotes(
      'In the call the following was said',
      flagsOf(report, ['recording', 'retention-or-sharing', 'identity-or-money', 'surveillance']),
    ),
    'Please send me a copy of what you keep of me: recordings, transcripts, notes, documents that I gave you, and any score or summary that software made of them.',
    'Please also tell me what each is used for, who has received it, whether it was used with AI, and when it will be deleted.',
    'An answer by [day] would help me. If somebody else in your company or an agency has to answer this, please pass it on and tell me who it is.',
  ]);
}
