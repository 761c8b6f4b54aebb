import { LABELS } from '../../taxonomy.js';
import { clock } from '../../time.js';
import type { EventName, Report } from '../../types.js';
import { shownSteps } from '../shown.js';
import { flagsOf, letter, quotes } from './frame.js';

/** Says that the candidate is not to be recorded, as they said in the call, or from now on. */
export function noRecordingLetter(report: Report): string {
  return letter('No recording of my interviews, please', report, [
    ...quotes('In the call the following was said', flagsOf(report, ['recording', 'surveillance'])),
    myAnswer(report),
    'Please do not record, film or transcribe my interviews, nor have a notetaker or other software do it, and do not make a print of my voice or face. I’m glad to speak with you live, and you are welcome to take notes.',
    'If something was recorded already, please tell me what, who has it, and when it will be deleted.',
  ]);
}

function myAnswer(report: Report): string {
  const no = lastAnswer(report, 'consent-refused');
  const yes = lastAnswer(report, 'consent-given');
  if (no !== null && (yes === null || no.utterance > yes.utterance))
    return `I said no to this${at(no)}, and I’d like to confirm it.`;
  if (yes !== null)
    return `I agreed to this${at(yes)}. I have thought about it, and I take that back for all that comes after this letter.`;
  return 'I do not agree to be recorded.';
}

/** The candidate's last answer about a recording; never a guess of who spoke. */
function lastAnswer(report: Report, name: EventName) {
  const answer = shownSteps(report).findLast(
    ({ event, about, utterance }) =>
      event === name &&
      about !== null &&
      LABELS[about].family === 'recording' &&
      report.utterances[utterance]?.speaker === 'candidate',
  );
  return answer ?? null;
}

function at({ start }: { start: number | null }): string {
  return start === null ? '' : ` (${clock(start)} into the call)`;
}
