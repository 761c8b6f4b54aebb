import { type Command, Option } from 'commander';
import { keyDirOf } from '../paths.js';
import { hasStore, openStore } from '../store/store.js';
import { THEME_NAMES, THEMES, type ThemeName, themeFor } from '../tui/theme.js';
import { purgeExpired } from './in-store.js';
import { listCalls } from './list.js';
import { lockOfNew } from './new-lock.js';
import { type CommonOptions, withCommon } from './options.js';
import { notice } from './terminal.js';
import { uiApi } from './ui-api.js';
import { UiSession } from './ui-session.js';

interface Options extends CommonOptions {
  plain?: boolean;
  ascii?: boolean;
  theme?: ThemeName;
}

/** Declares `offrecord ui`, which `offrecord` alone means, too. */
export function declareUi(program: Command, signal: AbortSignal): void {
  withCommon(program.command('ui'))
    .description('the terminal UI: your calls, their flags, and what to do now; the same as offrecord alone')
    .option('--plain', 'linear text without redrawing, for screen readers')
    .option('--ascii', 'draw with ASCII signs only')
    .addOption(new Option('--theme <name>', 'colours; without it what fits the terminal').choices(THEME_NAMES))
    .action((options: Options) => (options.json ? listCalls(options) : openUi({ ...options, call: null }, signal)));
}

/** Opens the UI, at a call where one is named; where there is no terminal, shows the list as text. */
export async function openUi(options: Options & { call: string | null }, signal: AbortSignal): Promise<void> {
  if (!options.plain && !isTerminal()) {
    notice(
      'This is no terminal that the UI could be drawn on, so here is the list. As linear text: offrecord ui --plain',
    );
    return listCalls(options);
  }
  prepareStore(options.store);
  const session = new UiSession(options.store);
  try {
    const notices: string[] = [];
    purgeExpired(session.store, text => notices.push(text));
    session.store.record('listed', { calls: session.store.count() });
    await run(session, options, notices, signal);
  } finally {
    session.close();
  }
}

/** Ink draws nothing while it works where CI is set. */
function isTerminal(): boolean {
  const { stdin, stdout, env } = process;
  return Boolean(stdin.isTTY && stdout.isTTY) && env.TERM !== 'dumb' && !env.CI;
}

/** What has to be asked about a new store is asked before the screen is drawn. */
function prepareStore(dir: string): void {
  if (!hasStore(dir, keyDirOf(dir))) openStore(dir, keyDirOf(dir), lockOfNew(dir)).close();
}

async function run(
  session: UiSession,
  { plain, ascii = false, theme, call }: Options & { call: string | null },
  notices: string[],
  signal: AbortSignal,
): Promise<void> {
  // React reads it when it is loaded; its other mode is slow.
  process.env.NODE_ENV ??= 'production';
  if (plain) {
    for (const text of notices) notice(text);
    const { runPlain } = await import('../tui/plain.js');
    return runPlain(uiApi(session), { input: process.stdin, output: process.stdout }, signal, call);
  }
  const { runOnTerminal } = await import('../tui/run.js');
  const style = { theme: THEMES[theme ?? themeFor(process.env)], ascii };
  return runOnTerminal(uiApi(session), { style, notices, call, signal });
}
