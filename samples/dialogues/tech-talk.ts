import { candidate, interviewer, type Turn } from './turn.js';

/** An ordinary interview with nothing to flag. */
export const TECH_TALK: Turn[] = [
  interviewer("Let's talk about your technical skills, which languages do you use most?"),
  candidate('Mostly Python and JavaScript, and sometimes I write a little Java.'),
  interviewer('Imagine that our website is suddenly very slow, what would you do first?'),
  candidate('I would check the monitoring and see if something changed in the last hour.'),
  interviewer('And what if nothing changed?'),
  candidate('Then I would look for slow queries in the database and read the logs.'),
  interviewer('Do you like to work alone or in a group?'),
  candidate('I like both, but I prefer to solve hard problems with another person.'),
  interviewer('We have a meeting every morning, and each Friday we show our work to the whole company.'),
  candidate('That sounds good, I enjoy giving presentations.'),
  interviewer('When could you start?'),
  candidate('My notice period is four weeks, so I could start at the beginning of March.'),
  interviewer('Perfect, we will send you an offer next week.'),
  candidate('Thank you, I look forward to it, have a nice weekend.'),
];
