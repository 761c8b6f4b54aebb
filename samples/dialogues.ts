import { AGENCY_SCREEN } from './dialogues/agency-screen.js';
import { CHAT_NOTES } from './dialogues/chat-notes.js';
import { HIRING_MANAGER } from './dialogues/hiring-manager.js';
import { LONG_CALL } from './dialogues/long-call.js';
import { PERSONAL_DATA } from './dialogues/personal-data.js';
import { RECORDING_REQUEST } from './dialogues/recording-request.js';
import { TECH_TALK } from './dialogues/tech-talk.js';
import type { Turn } from './dialogues/turn.js';
import { UNPAID_WORK } from './dialogues/unpaid-work.js';

/** A text for each side of the call: the voice that speaks it or the name that stands before it. */
export type Sides = Record<Turn['speaker'], string>;

/** A call that is spoken: `name.channels.format`, in flite's voices. The seed fixes the pauses between the turns. */
export interface SpokenSample {
  file: `${string}.${'mono' | 'stereo'}.${'wav' | 'mp3' | 'mkv' | 'ogg' | 'm4a'}`;
  voices: Sides;
  seed: number;
  turns: Turn[];
}

/** A call that exists as text only. Without names, the file does not tell who speaks. */
export interface WrittenSample {
  file: `${string}.${'vtt' | 'srt' | 'txt'}`;
  names: Sides | null;
  seed: number;
  turns: Turn[];
}

const FEMALE_INTERVIEWER: Sides = { interviewer: 'slt', candidate: 'rms' };
const MALE_INTERVIEWER: Sides = { interviewer: 'rms', candidate: 'slt' };

export const SPOKEN: SpokenSample[] = [
  { file: 'recording-request.stereo.wav', voices: FEMALE_INTERVIEWER, seed: 1, turns: RECORDING_REQUEST },
  { file: 'unpaid-work.mono.mp3', voices: MALE_INTERVIEWER, seed: 2, turns: UNPAID_WORK },
  { file: 'personal-data.stereo.mkv', voices: FEMALE_INTERVIEWER, seed: 3, turns: PERSONAL_DATA },
  { file: 'tech-talk.mono.ogg', voices: MALE_INTERVIEWER, seed: 4, turns: TECH_TALK },
  { file: 'long-call.stereo.m4a', voices: FEMALE_INTERVIEWER, seed: 5, turns: LONG_CALL },
];

export const WRITTEN: WrittenSample[] = [
  {
    file: 'agency-screen.vtt',
    names: { interviewer: 'Denise Marlow', candidate: 'Owen Pryce' },
    seed: 6,
    turns: AGENCY_SCREEN,
  },
  { file: 'hiring-manager.srt', names: null, seed: 7, turns: HIRING_MANAGER },
  { file: 'chat-notes.txt', names: { interviewer: 'Marta', candidate: 'Jonas' }, seed: 8, turns: CHAT_NOTES },
];
