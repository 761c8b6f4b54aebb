import type { Speaker, Utterance } from '../types.js';
import type { LinearModel } from './linear.js';

/** How far the lines of the candidate must lie apart from those of every other voice, in clipped log-odds. Set on dev calls: none was wrong. */
const SURE = 6;
/** One line must not decide alone. */
const MOST_OF_A_LINE = 3;

export interface Guess {
  /** The utterances, with a speaker where one could be guessed. */
  utterances: Utterance[];
  /** How many utterances got a speaker that was not known. */
  guessed: number;
}

/**
 * Guesses who is who from the words of each voice's lines, where a recording or transcript keeps voices apart (by channel) and does not
 * say who they are: the voice that sounds most like a candidate, where it surely does, and the others as the other side. In talk that
 * sounds like no interview, nobody is guessed.
 * @param model log-odds of a line for `candidate` and for `interviewer`, both low in other talk
 */
export function guessRoles(utterances: Utterance[], model: LinearModel): Guess {
  const voices = toVoices(utterances, model);
  const [candidate, ...others] = voices.toSorted((a, b) => b.lead - a.lead);
  const nothing = { utterances, guessed: 0 };
  const second = others[0];
  if (!candidate || !second || voices.reduce((sum, { interview }) => sum + interview, 0) <= 0) return nothing;
  if (candidate.lead <= 0 || candidate.lead - second.lead < SURE) return nothing;
  const named = utterances.map(utterance => {
    const speaker: Speaker = utterance.channel === candidate.channel ? 'candidate' : 'interviewer';
    return utterance.speaker === 'unknown' ? { ...utterance, speaker } : utterance;
  });
  return { utterances: named, guessed: named.filter(({ speaker }, i) => speaker !== utterances[i]?.speaker).length };
}

/** A voice: how much more its lines sound like a candidate's than like the other side's, and how much like either. */
interface Voice {
  channel: number;
  lead: number;
  interview: number;
}

function toVoices(utterances: Utterance[], model: LinearModel): Voice[] {
  const voices = new Map<number, Voice>();
  for (const { channel, speaker, text } of utterances) {
    const [candidate = 0, interviewer = 0] = model.judge({ speaker: 'unknown', text }, []).logits;
    const { lead, interview } = voices.get(channel) ?? { lead: 0, interview: 0 };
    const more = Math.min(MOST_OF_A_LINE, Math.max(-MOST_OF_A_LINE, candidate - interviewer));
    voices.set(channel, {
      channel,
      lead: speaker === 'unknown' ? lead + more : speaker === 'candidate' ? Infinity : -Infinity,
      interview: interview + Math.max(candidate, interviewer),
    });
  }
  return [...voices.values()];
}
