import { VERDICT_NAMES } from '../report/list.js';
import { headlineOf } from '../report/text.js';
import { LABELS } from '../taxonomy.js';
import { clock } from '../time.js';
import type { Flag } from '../types.js';
import type { ListedCall } from './api.js';
import { textOf } from './frame.js';
import { KEYS, showKey } from './keys.js';
import { isUseful, placeOf } from './place.js';
import { PURGE_WORD } from './reduce-dialog.js';
import { countOf } from './reduce-library.js';
import { detailsPane } from './screens/details.js';
import { speakerName } from './screens/transcript.js';
import type { Dialog, Hits, OpenCall, State } from './state.js';

const WIDTH = 78;
const LINES_AT_ONCE = 20;

/** What the state says, as lines to read one after the other; of a call that was shown before only what is new. */
export function plainLines(state: State, before: State | null): string[] {
  const { message, dialogs, call, hits } = state;
  const news = message ? [message.text] : [];
  const front = dialogs.at(-1);
  if (front) return [...news, '', ...dialogLines(front)];
  if (state.screen === 'call' && call)
    return [...news, '', ...callLines(call, before?.call ?? null), '', keysLine(state)];
  return [...news, '', ...(hits ? hitLines(hits) : libraryLines(state)), '', keysLine(state)];
}

function keysLine(state: State): string {
  const place = placeOf(state);
  const shown = KEYS.filter(one => one.foot !== undefined && one.places.includes(place) && isUseful(one, state));
  return `Type a number, or: ${shown.map(({ keys, foot }) => `${showKey(keys[0] ?? '')} ${foot}`).join(', ')}.`;
}

function libraryLines({ shown, calls, works, selected }: State): string[] {
  if (calls.length === 0 && works.length === 0)
    return ['No calls are kept yet. Type o to analyse a recording or a transcript.'];
  const from = Math.max(0, selected - LINES_AT_ONCE + 1);
  const lines = shown.slice(from, from + LINES_AT_ONCE).map((call, n) => `${from + n + 1}. ${callLine(call)}`);
  const under = works.map(({ path, text }) => `Being analysed: ${path}, ${text}.`);
  return [`${calls.length} calls, ${shown.length} shown.`, ...under, ...lines];
}

function callLine(call: ListedCall): string {
  const { company, role, file, date, analyzedAt, duration, verdict, kept } = call;
  const flags = countOf(call) === 1 ? '1 flag' : `${countOf(call)} flags`;
  const facts = [date ?? analyzedAt.slice(0, 10), company ?? file, role, duration === null ? null : clock(duration)];
  return [...facts, VERDICT_NAMES[verdict], flags, kept && 'pinned'].filter(Boolean).join(', ');
}

function hitLines({ lines, words }: Hits): string[] {
  const shown = lines
    .slice(0, LINES_AT_ONCE)
    .map(
      ({ call, start, speaker, text }, n) =>
        `${n + 1}. ${call.company ?? call.file}, ${clock(start)}, ${speakerName(speaker)}: ${text}`,
    );
  return [`${lines.length} lines with “${words}”.`, ...shown];
}

function callLines(call: OpenCall, before: OpenCall | null): string[] {
  const { report, pane, at } = call;
  const isNew = before?.report !== report;
  if (pane === 'transcript') {
    const shown = report.utterances.slice(at, at + LINES_AT_ONCE);
    return shown.map(({ start, speaker, text }) => `${clock(start)} ${speakerName(speaker)}: ${text}`);
  }
  const details = detailsPane({ ...call, detailsTop: 0 }, WIDTH, Number.MAX_SAFE_INTEGER).map(textOf);
  return [...(isNew ? overview(call) : []), ...details];
}

function overview({ report }: OpenCall): string[] {
  const { call, verdict, flags } = report;
  const facts = [call.company ?? call.file, call.role, call.date, clock(call.duration)].filter(Boolean).join(', ');
  return [facts, headlineOf(report), ...verdict.reasons, '', ...flags.map(flagLine), ''];
}

function flagLine({ start, label, severity, dismissed }: Flag, n: number): string {
  const time = start === null ? '' : `${clock(start)}, `;
  return `${n + 1}. ${time}${LABELS[label].name}, ${severity}${dismissed ? ', dismissed' : ''}`;
}

function dialogLines(dialog: Dialog): string[] {
  switch (dialog.kind) {
    case 'reader':
      return [dialog.title, ...dialog.lines, '', readerHint(dialog.about)];
    case 'choice':
      return [
        dialog.title,
        ...dialog.options.map(({ name, about }, n) => `${n + 1}. ${name}: ${about}`),
        'Type a number, or nothing to go back.',
      ];
    case 'prompt':
      return [
        `${dialog.title}${dialog.field.value === '' ? '' : `, such as ${dialog.field.value}`}. Nothing goes back.`,
      ];
    case 'purge':
      return [...dialog.lines, `Type ${PURGE_WORD} to delete for good, nothing to go back.`];
    case 'form': {
      const line = dialog.fields[dialog.at];
      return [
        `${line?.label}: ${line?.field.value || 'nothing yet'}. Type what it shall be, nothing to leave it, a dash to empty it.`,
      ];
    }
  }
}

function readerHint(about: string): string {
  if (about === 'advice') return 'Type l to write a letter, or nothing to go back.';
  return about === 'letter' ? 'Type s to save it, or nothing to go back.' : 'Type nothing to go back.';
}
