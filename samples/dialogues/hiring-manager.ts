import { candidate, interviewer, type Turn } from './turn.js';

/** A hiring manager wants the present employer's prices, asks again, and wants a method written out for reuse. */
export const HIRING_MANAGER: Turn[] = [
  interviewer("Thanks for coming back so soon. I run the planning team, so today it's just you and me."),
  candidate("Happy to. I liked the first conversation, and it's good to meet the person I'd be working for."),
  interviewer('Same here. Tell me how your week looks where you are now.'),
  candidate(
    "On Mondays I look at what sold over the weekend. Then I set the orders for fresh fruit, and from Wednesday on it's mostly phone calls with growers.",
  ),
  interviewer('What do you do when a grower lets you down?'),
  candidate(
    'I ring two others before lunch, and I tell the shops before they find out on their own. Strawberries taught me that.',
  ),
  interviewer('Strawberries are cruel. How do you decide how much waste is all right?'),
  candidate(
    'With the shop managers. We say what an empty shelf costs and what a full bin costs, and we settle on something in between.',
  ),
  interviewer("That's a sensible way to look at it. Do you trust the forecast from the system?"),
  candidate('As a first number. I change about one line in ten, mostly for weather and holidays.'),
  interviewer(
    'Which growers does your company buy from, and what prices did you agree with them?',
    'confidential-info',
  ),
  candidate("The names and the prices belong to my employer, so I'll leave those out.", 'consent-refused'),
  interviewer('And how much did your company earn with its berries last year?', 'confidential-info'),
  candidate(
    "I understand, but no. I can tell you how I prepare for a price talk, without anyone's numbers.",
    'consent-refused',
  ),
  interviewer('Fair enough, keep the prices to yourself. How do you prepare, then?', 'reassurance'),
  candidate("I find out what they worry about. Often it's being paid late, and that costs us nothing to change."),
  interviewer("That's a good one."),
  candidate("It's simple, but it works more often than haggling does."),
  interviewer(
    'Now, the orders before a holiday. Could you write down every step you take, in order, with the formulas, so that my two planners can use it as our template?',
    'method-extraction',
  ),
  candidate(
    "I'd rather give you the outline: look at last year, take out the odd days, add what's new, then ask the shops. The full version is something I'd bring along as a colleague.",
    'consent-refused',
  ),
  interviewer('Understood. And how would you explain a bad forecast to the board?'),
  candidate("On one page. What we expected, what came, what we'd do differently, and no excuses."),
  interviewer('I like that. It was a record year for us, so the board has its eye on planning.'),
  candidate('How big is the team now?'),
  interviewer("Four planners, and you'd be the fifth. Two of them are in the office on any given day."),
  candidate('And how long did the last person stay?'),
  interviewer("Almost six years. She's in purchasing now, so she's still around if you have questions."),
  candidate("That's good to know."),
  interviewer('What would you need from us in the first month?'),
  candidate('Time with the growers, and someone who tells me what went wrong last Christmas.'),
  interviewer("You'll get both. I'll sit down with HR today, and you'll have an answer early next week."),
  candidate("Thank you, I've enjoyed this."),
];
