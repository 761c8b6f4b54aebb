/** Questions about one matter, and why they are worth asking. */
export interface QuestionTopic {
  topic: string;
  why: string;
  questions: string[];
}

/** What to ask before the next interview in which software takes part. */
export const QUESTIONS: QuestionTopic[] = [
  {
    topic: 'Recording',
    why: 'A no is easiest before the call begins.',
    questions: [
      'Will the call be recorded, filmed or transcribed, and by which program?',
      'May I say no, and does the interview go on as planned then?',
      'Who keeps the recording, who sees it, and when is it deleted?',
    ],
  },
  {
    topic: 'Software that listens or judges',
    why: 'You can prepare for a person and for a program, but not for one that you don’t know of.',
    questions: [
      'Does software score, rank or summarise what I say, and does a person decide in the end?',
      'Does it look at my voice, my face or my mood?',
      'Are my answers used to train AI, yours or anybody else’s?',
      'Is there another way to be interviewed, with the same chances?',
    ],
  },
  {
    topic: 'Your data',
    why: 'Before a signed offer little is needed: how to reach you, and what you can do.',
    questions: [
      'Which documents do you need from me, at which step, and why?',
      'Who else receives my data: agencies, clients, other offices?',
      'How do I get a copy of what you have of me, and how do I have it deleted?',
    ],
  },
  {
    topic: 'Tasks and work samples',
    why: 'Showing what you can do is one thing, doing their work is another.',
    questions: [
      'Is there a task, how long does it take, and is it paid?',
      'Is it an invented problem, or one of yours, and who may use my answer?',
      'May I leave out what belongs to my present or an earlier employer?',
    ],
  },
  {
    topic: 'Your computer and your room',
    why: 'What is installed once stays until somebody removes it.',
    questions: [
      'Do I have to install anything, and what can it see?',
      'Is one shared window enough, without my whole screen, my room or a second camera?',
    ],
  },
  {
    topic: 'Time',
    why: 'Who means well can wait until you have read it.',
    questions: [
      'What are the steps from here, who takes part in each, and when is it decided?',
      'Will I have a few days with a written offer before I answer?',
    ],
  },
];
