import type { Speaker, SpeakerMap } from '../types.js';

const ROLES: Record<Exclude<Speaker, 'unknown'>, readonly string[]> = {
  candidate: ['candidate', 'applicant', 'interviewee', 'job seeker', 'jobseeker', 'me', 'myself', 'i'],
  interviewer: [
    ...['interviewer', 'recruiter', 'recruiting', 'hiring manager', 'hr manager', 'hr', 'human resources'],
    ...['agent', 'agency', 'headhunter', 'employer', 'talent partner', 'talent acquisition', 'sourcer', 'panelist'],
  ],
  platform: [
    ...['platform', 'system', 'bot', 'notetaker', 'note taker', 'meeting assistant', 'announcement', 'voicemail'],
    ...['otter ai', 'otterpilot', 'fireflies ai', 'read ai'],
  ],
};

const SPEAKER_OF_ROLE = new Map<string, Speaker>(
  Object.entries(ROLES).flatMap(([speaker, roles]) => roles.map(role => [role, speaker as Speaker] as const)),
);
/** Roles that also end a longer one ("senior recruiter", "Acme notetaker"); shorter words end too many names. */
const LAST_WORDS = [...SPEAKER_OF_ROLE.keys()].filter(role => !['me', 'myself', 'i', 'agent', 'bot'].includes(role));

/**
 * The name in a transcript → who speaks. What the user said comes first, by the whole name or its beginning; then a role as the name, or in brackets or after
 * a comma beside it ("Laura (Recruiter)"); every other name is unknown. "You" is whoever made the transcript: unknown.
 */
export function speakerOf(name: string, speakers: SpeakerMap): Speaker {
  const parts = partsOf(name);
  return (
    namedByUser([plain(name), ...parts], speakers) ?? parts.map(roleOf).find(role => role !== undefined) ?? 'unknown'
  );
}

/** The name without brackets, and each part that brackets, commas and dashes set apart. */
function partsOf(name: string): string[] {
  const parts = name.split(/[()[\]{}|/,]|\s[-–—]\s/).map(plain);
  return parts.filter(part => part !== '');
}

/** Brackets and dots differ between programs; only letters and digits count. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function namedByUser(names: string[], speakers: SpeakerMap): Speaker | undefined {
  for (const [said, speaker] of speakers) {
    const beginning = plain(said);
    if (names.some(name => name === beginning || name.startsWith(`${beginning} `))) return speaker;
  }
  return undefined;
}

function roleOf(part: string): Speaker | undefined {
  const unnumbered = part.replace(/(?: ?#?\d+| [a-c])$/, '').replace(/^the /, '');
  const role = SPEAKER_OF_ROLE.get(unnumbered);
  if (role) return role;
  const last = LAST_WORDS.find(word => unnumbered.endsWith(` ${word}`));
  return last === undefined ? undefined : SPEAKER_OF_ROLE.get(last);
}
