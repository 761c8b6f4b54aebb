import { OffRecordError } from '../errors.js';
import { adviseOn } from '../report/advice.js';
import { renderAdvice } from '../report/advice-text.js';
import { FORMAT_NAMES, FORMATS, type Format, type FormatName } from '../report/formats.js';
import { letterNotes } from '../report/letter-notes.js';
import { LETTER_NAMES, LETTERS, type LetterName } from '../report/letters/letters.js';
import { painter } from '../report/style.js';
import type { ExportRequest, Render } from '../store/store.js';
import type { Analysis, Api, WorkStep } from '../tui/api.js';
import type { Progress } from '../types.js';
import { completePath, wholePath } from './complete-path.js';
import { parseDate } from './options.js';
import { PROGRESS_ARGS, startOwn } from './own-child.js';
import { describeProgress } from './progress.js';
import type { ProgressMessage } from './progress-channel.js';
import { toPhrases } from './search-words.js';
import type { UiSession } from './ui-session.js';

const MOST_HITS = 200;

/** What the terminal UI can have done, with the store of a session. */
export function uiApi(session: UiSession): Api {
  const exportTo = (path: string, id: string, kind: ExportRequest['kind'], render: Render): string =>
    session.store.exportTo({ path: wholePath(path), kind, ids: [id], force: false }, render).path;
  return {
    list: most =>
      session.read(store => ({ calls: store.list(most), total: store.count(), stopped: store.unfinished().length })),
    version: () => session.store.version(),
    get: id => session.store.get(id),
    search: words => search(session, words),
    idsWithLabel: label => session.store.idsWithLabel(label),
    dismiss: (id, flag, dismissed) => session.store.dismiss(id, flag, dismissed),
    edit: (id, edits) => void session.store.edit(id, { ...edits, date: edits.date.trim() && dayOf(edits.date) }),
    keep: (id, kept) => void session.store.keep(id, kept),
    plan: (id, withRecordings) => session.plan(id, withRecordings),
    purge: (id, withRecordings) => session.purge(id, withRecordings),
    advice: (id, width) => advise(session, id, width),
    formats: FORMAT_NAMES.map(name => ({ name, about: FORMATS[name].about, extension: FORMATS[name].extension })),
    exportCall: (id, format, path) => exportTo(path, id, format as FormatName, rendererOf(format as FormatName)),
    letters: LETTER_NAMES.map(name => ({ name, about: LETTERS[name].about })),
    letter: (id, name) => letter(session, id, name as LetterName),
    saveLetter: (id, name, path) =>
      exportTo(path, id, 'letter', reports => [...reports].map(report => LETTERS[name as LetterName].write(report))),
    saveClip: (id, flag, path) => saveClip(session.dir, id, flag.id, wholePath(path)),
    complete: completePath,
    analyze: (path, onProgress) => analyze(session.dir, wholePath(path), onProgress),
  };
}

function search({ store }: UiSession, words: string): ReturnType<Api['search']> {
  const phrases = toPhrases(words.match(/"[^"]*"|\S+/g) ?? []);
  if (phrases.length === 0) throw new OffRecordError('usage', `There is no word to look for in “${words}”.`);
  const hits = store.search({ phrases, limit: MOST_HITS });
  store.record('searched', { calls: new Set(hits.map(({ call }) => call.id)).size, utterances: hits.length });
  return hits;
}

/** The sentence of the option, without the words about options. */
function dayOf(value: string): string {
  try {
    return parseDate(value.trim());
  } catch (error) {
    throw new OffRecordError('usage', error instanceof Error ? error.message : String(error));
  }
}

/** Without its list of letters, which the UI has keys for. */
function advise({ store }: UiSession, id: string, width: number): string[] {
  const advice = { ...adviseOn(store.get(id)), letters: [] };
  return renderAdvice(id, advice, { width, paint: painter(false) })
    .split('\n')
    .slice(1);
}

function rendererOf(format: FormatName): Render {
  const { render }: Format = FORMATS[format];
  return function* (reports) {
    for (const report of reports) yield render(report);
  };
}

function letter({ store }: UiSession, id: string, name: LetterName): ReturnType<Api['letter']> {
  const report = store.get(id);
  const text = LETTERS[name].write(report);
  return { text: text.trimEnd().split('\n'), notes: letterNotes(name, report, text) };
}

async function saveClip(dir: string, id: string, flag: number, path: string): Promise<string> {
  await startOwn('clip', [id, String(flag), '-o', path, '--store', dir]).done;
  return path;
}

function analyze(dir: string, path: string, onProgress: (step: WorkStep) => void): Analysis {
  let id = '';
  const child = startOwn('analyze', ['--store', dir, ...PROGRESS_ARGS, '--', path], message => {
    const told = message as ProgressMessage;
    if ('saved' in told) id = told.saved;
    else onProgress(toStep(told.step));
  });
  // That it is saved and how to show it is seen in the UI.
  const notices = (said: string[]): string[] => whole(said).filter(line => !line.startsWith('Saved, encrypted'));
  return { done: child.done.then(said => ({ id, notices: notices(said) })), stop: child.stop };
}

/** Lines that go on in the next one, as one: the UI breaks them where its own rows end. */
function whole(lines: string[]): string[] {
  return lines
    .join('\n')
    .replace(/\n {2,}/g, ' ')
    .split('\n');
}

function toStep(step: Progress): WorkStep {
  return { text: describeProgress(step), share: step.total > 0 ? Math.min(1, step.done / step.total) : null };
}
