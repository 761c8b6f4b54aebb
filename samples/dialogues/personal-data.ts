import { candidate, interviewer, type Turn } from './turn.js';

/** Bank data, family matters and a passport are asked for before anything is signed. */
export const PERSONAL_DATA: Turn[] = [
  interviewer('Hi Daniel, we are almost done, I only need some information from you.'),
  candidate('Sure, what do you need?'),
  interviewer('Please give me your date of birth and the number of your bank account.', 'identity-or-money'),
  candidate('Why do you need my bank account before I have signed anything?', 'data-question'),
  interviewer('It is for the background check, everybody has to do it.', 'everyone-does-this'),
  candidate('I would rather share that when the contract is ready.', 'consent-refused'),
  interviewer('All right, are you married, and do you have children?', 'protected-trait'),
  candidate('I am sorry, but I think that question is not allowed.', 'consent-refused'),
  interviewer('It is just small talk, why is that a problem for you?', 'refusal-pushback'),
  candidate('I would like to talk about the job instead.', 'consent-refused'),
  interviewer('Okay, then please send me a copy of your passport tonight.', 'identity-or-money'),
  candidate('I can show it to you in the office, but I will not send it by email.', 'consent-refused'),
  interviewer('Without the passport we can not go on.', 'refusal-pushback'),
  candidate('That is no problem for me, I can wait.'),
];
