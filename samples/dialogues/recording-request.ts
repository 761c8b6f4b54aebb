import { candidate, interviewer, type Turn } from './turn.js';

/** A recording is asked for, questioned and agreed to; the rest is an ordinary interview. */
export const RECORDING_REQUEST: Turn[] = [
  interviewer('Hello, this is Laura from Bright Path, can you hear me well?'),
  candidate('Yes, I can hear you fine, thank you for calling.'),
  interviewer('Before we begin, I want to ask if we may record this conversation.', 'recording-request'),
  candidate('What will happen with the recording afterwards?', 'data-question'),
  interviewer(
    'It helps me to remember what you said, my team wants to listen later, and we delete it after thirty days.',
    'recording-rationale',
    'reassurance',
  ),
  candidate('Okay, then I agree, but please send me that in writing.', 'consent-given'),
  interviewer('Of course, I will email you right after the call.'),
  candidate("Great, then let's start."),
  interviewer('Tell me a little about your last job.'),
  candidate('I worked for a small bank and built the mobile app with three other developers.'),
  interviewer('What was the most difficult part of that project?'),
  candidate('The old server was slow, so we had to rewrite the payment service.'),
  interviewer('How long did that take?'),
  candidate('Almost six months, and in the end the app was twice as fast.'),
  interviewer('That sounds like a real success.'),
  candidate('I am proud of it, and I learned a lot about testing.'),
];
