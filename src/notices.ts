import { basename } from 'node:path';
import { clock } from './time.js';
import type { SpeakerMap, Utterance } from './types.js';

/** Seconds by which a file may be shorter than its header says: encoders pad the ends. */
const TOLERANCE = 2;

/** What the candidate must know before relying on the transcript of a recording. Plain sentences, most important first. */
export function recordingNotices(
  audio: { channels: number; tracks: number; announced: number | null },
  scan: { seconds: number; sides: boolean },
  whisper: { name: string; demonstration: boolean; location?: object },
  speakers: SpeakerMap,
): string[] {
  const wantsSides = speakers.has('left') || speakers.has('right');
  const names = [...speakers.keys()].filter(name => name !== 'left' && name !== 'right');
  const missing = (audio.announced ?? 0) - scan.seconds > TOLERANCE;
  return [
    whisper.demonstration &&
      `Transcribed by “${whisper.name}”, the built-in demonstration model. It knows two synthetic voices and does not understand people: on a real call its words can’t be relied on. For a real call: offrecord models pull base.en`,
    'added' in (whisper.location ?? {}) &&
      `Transcribed by “${whisper.name}”, a model that was added on this computer and that nobody has pinned: how well it hears is not known. Compare its words with the recording before you rely on them.`,
    missing &&
      `The file says it lasts ${clock(audio.announced)}, but only ${clock(scan.seconds)} could be read. It may be damaged or cut off.`,
    audio.tracks > 1 && `The file has ${audio.tracks} audio tracks; only the first was read.`,
    audio.channels > 2 &&
      `The file has ${audio.channels} channels. They were mixed to one, so speakers can’t be told apart by side.`,
    names.length > 0 &&
      `A recording knows no names: “${names.join('”, “')}” in --speakers means nothing here. Use left= and right= where each side holds one speaker.`,
    wantsSides &&
      !scan.sides &&
      'The two sides of this recording do not hold one speaker each, so speakers can’t be told apart by side.',
  ].filter(notice => notice !== false);
}

/**
 * What to know when the speakers are not known, or only guessed: a flag could be on the candidate’s own words.
 * @param guessed how many utterances have a speaker that was guessed from the words
 */
export function speakerNotices(
  utterances: Utterance[],
  guessed: number,
  source: 'sides' | 'mixed' | 'transcript',
  said: SpeakerMap,
): string[] {
  const unknown = utterances.filter(({ speaker }) => speaker === 'unknown').length;
  const all = unknown === utterances.length;
  const names = [...said.keys()].join('”, “');
  const missed = all && names !== '' && source === 'transcript' ? ` None of “${names}” is a speaker’s name in it.` : '';
  const notices: string[] = [];
  if (guessed > 0) {
    notices.push(
      `Who is who was guessed from the words: check that your own lines are marked as yours.${REMEDIES[source]}`,
    );
  }
  if (unknown > 0) {
    const who = all ? 'Nobody’s lines are' : `${unknown} of ${utterances.length} lines are not`;
    const remedy = guessed > 0 ? '' : REMEDIES[source];
    notices.push(`${who} known to be yours or theirs, so a line of your own may be flagged too.${missed}${remedy}`);
  }
  return notices;
}

const REMEDIES = {
  sides: ' Say who is who with: --speakers left=candidate,right=interviewer',
  mixed: '',
  transcript: ' Where its lines have names, say who is who with: --speakers NAME=interviewer,NAME=candidate',
};

/** What to know of talk that is something else. */
export const OTHER_TALK =
  'This does not sound like a job interview, so only what is quite clear was flagged. If it is one: --sensitivity high';

/** Why a recording is not judged: nobody was heard in what was read of it. */
export function noSpeech(file: string, seconds: number, tracks: number): string {
  const start = `No speech was found in ${basename(file)} (${clock(seconds)} long): there is nothing to judge.`;
  if (tracks === 1) return start;
  return `${start} Only the first of its ${tracks} audio tracks was read: save the one with the voices as a file of its own, for example with ffmpeg -i "${basename(file)}" -map 0:a:1 voices.wav`;
}

/** Why a recording with speech gave no words, and what to do. */
export function noWords(file: string, whisper: { demonstration: boolean }): string {
  const start = `There is speech in ${basename(file)}, but no words could be made out.`;
  if (!whisper.demonstration) return `${start} Is it in English?`;
  return `${start} The built-in demonstration model knows two synthetic voices only. For a real call: offrecord models pull base.en`;
}

/** Why a text is not judged: a “no red flags found” would be made up. */
export function notEnglish(file: string): string {
  return `The words of ${basename(file)} do not look like English, the only language whose red flags are known: there is nothing to judge.`;
}

/** Slower than anybody talks, in words a second of speech: then much was not made out. */
const FEW_WORDS = 0.8;

/** What to know when a recogniser made out few words of much speech, as in a very quiet or distorted recording. */
export function fewWordsNotices(words: number, speechSeconds: number): string[] {
  if (words >= FEW_WORDS * speechSeconds) return [];
  return [
    `Only ${words} words were made out in ${clock(speechSeconds)} of speech: much is missing, and flags with it. Is the recording very quiet or distorted?`,
  ];
}
