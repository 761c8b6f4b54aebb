import { candidate, interviewer, type Turn } from './turn.js';

/** A friendly recruiter who rushes a little and hides behind the director: medium flags only. */
export const CHAT_NOTES: Turn[] = [
  interviewer('Hi Jonas, thanks for making time so late in the day.'),
  candidate("Hi Marta, no problem at all, I've just come in from work."),
  interviewer(
    "So, it's guest relations at the hotel by the lake, a family house with sixty rooms. Does that still sound right for you?",
  ),
  candidate("It does. I've been on the front desk of a city hotel for three years, and I'd like fewer night shifts."),
  interviewer('You would have two a month there, and people swap them quite freely.'),
  candidate('That would be a big change for the better.'),
  interviewer('We need your answer by tonight, Jonas, others are waiting for this job.', 'urgency-scarcity'),
  candidate("Then I'd better listen well."),
  interviewer('Which languages do you use with guests?'),
  candidate('German and English every day, and enough Italian to calm someone down.'),
  interviewer("That's the important part. Tell me about a guest you couldn't please."),
  candidate(
    "A couple had booked the wrong month. I couldn't give them a room, so I found one three streets away and carried their bags over.",
  ),
  interviewer("That's lovely. And what do you do when it's quiet?"),
  candidate('I write the little cards for the rooms, and I learn the names of the people who arrive next.'),
  interviewer("One thing about the hours: it's five days a week in the house."),
  candidate('I see. How are the weekends shared out?'),
  interviewer('Every second one is free, and the plan comes out six weeks ahead.'),
  candidate('And what does it pay?'),
  interviewer('Between 2,900 and 3,100 a month, thirteen times a year, meals included.'),
  candidate("That's about what I had in mind."),
  interviewer('Great. When could you start?'),
  candidate('I have two months of notice, so on the first of June.'),
  interviewer(
    "There are two others in the last round, and I'd hate for you to miss out. Can you give me your yes tonight?",
    'urgency-scarcity',
  ),
  candidate("I'd like to sleep on it, I'll ring you tomorrow after breakfast."),
  interviewer("Tomorrow it is, I'm at my desk from eight."),
  candidate('Perfect, thank you, Marta.'),
];
