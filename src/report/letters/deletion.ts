import type { Report } from '../../types.js';
import { flagsOf, letter, quotes } from './frame.js';

/** Asks to delete what is kept of the candidate, everywhere. */
export function deletionLetter(report: Report): string {
  return letter('Please delete what you keep of me', report, [
    ...quotes('In the call the following was said', flagsOf(report, ['recording', 'ip-harvesting', 'data-harvesting'])),
    'Please delete the recordings and transcripts of me, what software made of them, and the documents and work that I gave you, unless you have to keep them; if so, please tell me what, why and for how long. I do not agree that any of it is used to train AI.',
    'Please ask everyone to whom you gave it to delete it too, and confirm to me in writing by [day] what was deleted and when.',
  ]);
}
