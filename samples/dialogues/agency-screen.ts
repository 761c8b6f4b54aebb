import { candidate, interviewer, type Turn } from './turn.js';

/** An agency wants papers for its file and a monitor on the candidate's own laptop. */
export const AGENCY_SCREEN: Turn[] = [
  interviewer("Hi Owen, it's Denise from Harbour Street Staffing. Is now still a good time?"),
  candidate("Hi Denise. Yes, I've got half an hour before my next meeting."),
  interviewer(
    'Perfect. So the role is payroll assistant at a haulage firm out by the airport, twelve months to start with. What made you click on it?',
  ),
  candidate(
    "I've done payroll for a care provider for four years, and I'd like a bigger team. There are only two of us at the moment.",
  ),
  interviewer('That makes sense. How many people do you pay each month?'),
  candidate("About three hundred and forty, half of them by the hour. So there's a lot of checking timesheets."),
  interviewer('And if somebody rings you and says the pay is wrong, what do you do first?'),
  candidate(
    "I pull up their timesheet while they're still on the phone. Nine times out of ten a shift is missing, and then I can tell them when it'll be put right.",
  ),
  interviewer(
    "Lovely. They've had a new system since January, so they want someone who isn't afraid of that. Have you ever moved from one system to another?",
  ),
  candidate(
    'Once, yes. We ran both side by side for two months and compared every payslip. It was dull, but nobody was paid wrong.',
  ),
  interviewer('Dull is good in payroll. Are you allowed to work here without a permit?'),
  candidate('Yes, I am.'),
  interviewer(
    'Great. Now, so that I can put you forward, could you send me a scan of your passport and your last bank statement this afternoon?',
    'identity-or-money',
  ),
  candidate("Before I've even met them? What happens with the bank statement?", 'data-question'),
  interviewer(
    'It goes in your file, and the file is open to all our partner agencies, so the other offices can place you too.',
    'retention-or-sharing',
  ),
  candidate(
    "Then I'd rather show the passport once there's a contract, and I won't be sending a bank statement.",
    'consent-refused',
  ),
  interviewer("That's fine, we'll do the passport after you've signed, and forget the bank statement.", 'reassurance'),
  candidate('Thanks. And what comes after this call?'),
  interviewer(
    "A skills test from home, about an hour. You'd install their monitoring program on your laptop first, and it watches your webcam and your whole screen while you work.",
    'surveillance',
  ),
  candidate(
    "My laptop's full of private things. I'm happy to share the window with the test in it, but I won't install that.",
    'consent-refused',
  ),
  interviewer(
    'Everybody else on the shortlist has put it on without a murmur, and it only takes a minute.',
    'everyone-does-this',
    'refusal-pushback',
  ),
  candidate("I'm sure they have. I'd still like to do it in one window, or at their office.", 'consent-refused'),
  interviewer("Let me ask them about the office, then. There's usually a free desk."),
  candidate('That would suit me. Is there parking?'),
  interviewer("There is, behind the depot. What's your notice period?"),
  candidate('One month.'),
  interviewer('And what are you hoping to earn?'),
  candidate('Around twenty-nine thousand, a bit less if the hours are flexible.'),
  interviewer("That's inside what they've got. You should hear from me by Thursday about the desk."),
  candidate('Good. Thanks, Denise.'),
  interviewer('Thank you, Owen. Speak soon.'),
];
