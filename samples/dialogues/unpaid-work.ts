import { candidate, interviewer, type Turn } from './turn.js';

/** A week of unpaid work is asked for, with pressure of time after each no. */
export const UNPAID_WORK: Turn[] = [
  interviewer('Thank you for coming back for a second interview.'),
  candidate('I was happy to get your message.'),
  interviewer(
    'We like your portfolio, and as an unpaid test we want you to design the whole website for our client.',
    'free-work',
  ),
  candidate('Is that a paid task?'),
  interviewer(
    'No, all our candidates do it for free, it shows us that you are motivated.',
    'free-work',
    'everyone-does-this',
  ),
  candidate('How much time should I plan for it?'),
  interviewer('Most people need about forty hours.'),
  candidate("That is a full week of work, and I can't do that without pay.", 'consent-refused'),
  interviewer(
    'If you say no, I have to tell you that five other people are waiting for this job.',
    'urgency-scarcity',
    'refusal-pushback',
  ),
  candidate('I understand, but I would still like to see a contract first.', 'consent-refused'),
  interviewer(
    'You have to decide tonight, or we give this job to the next person.',
    'urgency-scarcity',
    'refusal-pushback',
  ),
  candidate("I don't make decisions like this under pressure."),
  interviewer('How much time do you need then?'),
  candidate('I need two days to think about it.'),
  interviewer('Fine, call me on Thursday before noon.'),
];
