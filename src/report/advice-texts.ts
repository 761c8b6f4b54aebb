import type { Label } from '../types.js';
import type { LawName } from './laws.js';
import type { LetterName } from './letters/letters.js';

/** What a candidate can say to such a line, what they can do after the call, and what helps them with it. */
export interface LabelAdvice {
  say: string;
  now: string;
  letters: LetterName[];
  laws: LawName[];
}

export const ADVICE: Record<Label, LabelAdvice> = {
  'recording-request': {
    say: 'I’d rather not be recorded, and I’m glad to go on without it. If you record after all: who keeps it, for how long, and who sees it?',
    now: 'If it was recorded, you can ask for a copy, and ask them to delete it.',
    letters: ['no-recording', 'access', 'deletion'],
    laws: ['recording'],
  },
  'recording-announced': {
    say: 'Please stop the recording and the notetaker. I’m glad to go on without them.',
    now: 'Nobody asked you. You can write that you did not agree, and ask what was kept.',
    letters: ['no-recording', 'access', 'deletion'],
    laws: ['recording'],
  },
  'one-way-interview': {
    say: 'I’d rather speak with a person. Could we find twenty minutes for a live call?',
    now: 'Before you record anything, ask who watches it, whether software judges it, and when it is deleted.',
    letters: ['policy'],
    laws: ['illinois-video', 'new-york'],
  },
  'recording-rationale': {
    say: 'I understand the reason. Who keeps it, for how long, and may I say no?',
    now: 'Ask for the answer in writing.',
    letters: ['policy'],
    laws: [],
  },
  'everyone-does-this': {
    say: 'That may be so. I’d still like to decide it for myself.',
    now: 'You owe nobody a reason. If it still troubles you tomorrow, your answer can still be no.',
    letters: [],
    laws: [],
  },
  'urgency-scarcity': {
    say: 'I take this seriously, so I need until [day]. Could you send it to me in writing?',
    now: 'Write down what they want and by when, and answer in writing. An offer that can’t wait a day is a reason to be careful.',
    letters: [],
    laws: [],
  },
  'authority-shift': {
    say: 'Could that person write to me directly, please?',
    now: 'Ask for the rule itself in writing: whose it is, and what it says.',
    letters: ['policy'],
    laws: [],
  },
  'refusal-pushback': {
    say: 'I have answered that. Can we go on without it?',
    now: 'You may end a call in which your no is not accepted. In writing, your no is easier to point to later.',
    letters: [],
    laws: [],
  },
  'free-work': {
    say: 'I’m glad to show how I work with an invented example, or to do this as a paid trial.',
    now: 'Before you send anything, ask in writing who may use it, and whether it is paid.',
    letters: ['policy'],
    laws: [],
  },
  'method-extraction': {
    say: 'I can outline how I go about it. The details are part of the work that I’m paid for.',
    now: 'If you have sent something already, write that it was for this application only.',
    letters: ['deletion'],
    laws: [],
  },
  'confidential-info': {
    say: 'That belongs to my employer, so I can’t share it. I can speak about it in general.',
    now: 'Send nothing. If you did share something, write down what it was while you remember, and ask somebody you trust before you say more.',
    letters: ['deletion'],
    laws: [],
  },
  'identity-or-money': {
    say: 'I’ll give you that after a signed offer, in a way that I can check.',
    now: 'Send nothing yet, and check the company by a number or address that you looked up yourself. If you gave bank or card data already, call your bank today.',
    letters: ['deletion', 'access'],
    laws: [],
  },
  surveillance: {
    say: 'I can share this one window. I won’t install anything or show my room.',
    now: 'If you installed something for the call, remove it, and change the passwords that you typed meanwhile.',
    letters: ['policy', 'deletion'],
    laws: ['illinois-biometrics', 'maryland', 'eu-ai-act'],
  },
  'retention-or-sharing': {
    say: 'Please send me that in writing: how long, who sees it, and how I can have it deleted.',
    now: 'You can ask what they have of you, and ask them to delete it.',
    letters: ['access', 'deletion', 'policy'],
    laws: ['california', 'gdpr', 'illinois-video'],
  },
  'protected-trait': {
    say: 'I’d rather keep to the job. What would you like to know about my work?',
    now: 'Write down the question and when it was asked, while you remember it.',
    letters: [],
    laws: [],
  },
};
