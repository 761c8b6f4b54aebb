import type { Api } from './api.js';
import { LETTER_LEGEND } from './options.js';
import type { Effect, Event } from './state.js';

/** The effects that the API carries out at once. */
export type Asked = Exclude<Effect, { do: 'analyze' | 'stop' | 'quit' | 'suspend' | 'clip' }>;

/** Carries out an effect; what comes of it, as events. */
export function answer(effect: Asked, api: Api): Event[] {
  switch (effect.do) {
    case 'refresh':
      return [listCalls(api)];
    case 'open':
      return [{ type: 'opened', report: api.get(effect.id), utterance: effect.utterance }];
    case 'search':
      return [{ type: 'hits', words: effect.words, lines: api.search(effect.words) }];
    case 'find-label':
      return [{ type: 'labelled', label: effect.label, ids: api.idsWithLabel(effect.label) }];
    case 'complete':
      return [{ type: 'completions', typed: effect.path, paths: api.complete(effect.path) }];
    case 'advice':
      return [reader('advice', 'What to say and do', api.advice(effect.id, effect.width), effect.id)];
    case 'letter':
      return [letter(effect, api)];
    case 'plan':
    case 'purge':
      return [deletion(effect, api)];
    case 'export':
      return [written(api.exportCall(effect.id, effect.format, effect.path))];
    case 'save-letter':
      return [written(api.saveLetter(effect.id, effect.name, effect.path))];
    default:
      return changed(effect, api);
  }
}

/** The calls as they are kept now, or so many of the newest. */
export function listCalls(api: Api, most?: number): Event {
  return { type: 'calls', ...api.list(most) };
}

/** Good news. */
export function news(text: string): Event {
  return { type: 'message', message: { text, tone: 'good' } };
}

function deletion({ do: what, id, withRecordings }: Effect & { do: 'plan' | 'purge' }, api: Api): Event {
  if (what === 'plan') return { type: 'plan', call: id, withRecordings, lines: api.plan(id, withRecordings) };
  return { type: 'purged', call: id, lines: api.purge(id, withRecordings) };
}

function changed(effect: Effect & { do: 'dismiss' | 'edit' | 'keep' }, api: Api): Event[] {
  if (effect.do === 'edit') {
    api.edit(effect.id, effect.edits);
    return [{ type: 'edited' }, listCalls(api), news('Saved.')];
  }
  if (effect.do === 'keep') {
    api.keep(effect.id, effect.kept);
    const text = effect.kept
      ? 'Pinned: this call does not purge itself.'
      : 'No longer pinned: it purges itself with age.';
    return [listCalls(api), news(text)];
  }
  const report = api.dismiss(effect.id, effect.flag, effect.dismissed);
  const text = effect.dismissed ? 'Dismissed: it counts no more. d brings it back.' : 'Back: it counts again.';
  return [{ type: 'report', report }, listCalls(api), news(text)];
}

function written(path: string): Event {
  return news(`Written to ${path}. It is plain text for you alone, and goes when the call is purged.`);
}

function letter({ id, name, title }: Effect & { do: 'letter' }, api: Api): Event {
  const { text, notes } = api.letter(id, name);
  const lines = [...text, '', LETTER_LEGEND, ...notes.map(note => `  · ${note}`)];
  return { ...reader('letter', `A letter that ${title}`, lines, id), letter: name };
}

function reader(about: 'advice' | 'letter', title: string, lines: string[], call: string): Event & { type: 'text' } {
  return { type: 'text', about, title, lines, call, letter: null };
}
