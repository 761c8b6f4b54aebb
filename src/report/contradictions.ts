import { LABELS } from '../taxonomy.js';
import type { Flag, Report, Span, TimelineEvent, Utterance } from '../types.js';

/** Where a report says two things that can't both be true, and what is wrong there. */
export interface Contradiction {
  path: (string | number)[];
  message: string;
}

/** The first contradiction in a report whose fields are all of the right kind. */
export function contradictionIn(report: Report): Contradiction | null {
  const { call, utterances, flags, timeline } = report;
  if (!call.sha256.startsWith(call.id)) return { path: ['call', 'id'], message: 'is not the beginning of its sha256' };
  const ids = new Set(flags.map(({ id }) => id));
  if (ids.size < flags.length) return { path: ['flags'], message: 'has two flags with one id' };
  const found = [
    ...utterances.map((one, n) => at('utterances', n, wrongInUtterance(one, n))),
    ...flags.map((one, n) => at('flags', n, wrongInFlag(one, utterances))),
    ...timeline.map((one, n) => at('timeline', n, wrongInStep(one, utterances, ids))),
  ];
  return found.find(one => one !== null) ?? null;
}

type Wrong = [field: string, message: string] | null;

function at(list: string, n: number, wrong: Wrong): Contradiction | null {
  return wrong === null ? null : { path: [list, n, wrong[0]], message: wrong[1] };
}

function wrongInUtterance({ id, start, end }: Utterance, n: number): Wrong {
  if (id !== n) return ['id', 'is not its place'];
  return endsEarly(start, end) ? ['end', 'is before its start'] : null;
}

function wrongInFlag(flag: Flag, utterances: Utterance[]): Wrong {
  const { label, family, severity, utterance, start, end, quote, span, why } = flag;
  const said = utterances[utterance];
  if (family !== LABELS[label].family) return ['family', `is not the one of ${label}`];
  if (severity !== LABELS[label].severity) return ['severity', `is not the one of ${label}`];
  if (said === undefined) return ['utterance', 'is not in the transcript'];
  if (endsEarly(start, end)) return ['end', 'is before its start'];
  if (!isWithin(span, said.text)) return ['span', 'is not within its utterance'];
  return why.every(reason => isWithin(reason.span, quote)) ? null : ['why', 'is not within the quote'];
}

function wrongInStep({ utterance, flag }: TimelineEvent, utterances: Utterance[], flags: Set<number>): Wrong {
  if (utterances[utterance] === undefined) return ['utterance', 'is not in the transcript'];
  return flag === null || flags.has(flag) ? null : ['flag', 'is none of the flags'];
}

function endsEarly(start: number | null, end: number | null): boolean {
  return start !== null && end !== null && end < start;
}

function isWithin([from, to]: Span, text: string): boolean {
  return from <= to && to <= text.length;
}
