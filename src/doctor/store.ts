import {
  databaseFile,
  findPlaces,
  givenPassphrases,
  type Inspection,
  inspectStore,
  type KeyWay,
  keyFile,
} from '../store/store.js';
import { type Check, failed, ok, warning } from './check.js';

/** Looks at the store without opening it as the program does, so that nothing changes. */
export function checkStore(dir: string, configDir: string): Check[] {
  const found = inspectStore(dir, configDir);
  if (found.state === 'none') return [checkOpening(found, ''), checkPermissions(dir, configDir)];
  return [
    checkKey(found, configDir),
    checkOpening(found, databaseFile(dir)),
    ...checkContent(found, dir),
    checkPermissions(dir, configDir),
    ...(found.state === 'open' ? [checkPending(found), checkStopped(found)] : []),
  ];
}

function checkKey({ state, problem, keyWay }: Inspection, configDir: string): Check {
  const file = keyFile(configDir);
  const mend = `Put the right ${file} back from a backup. Without it nobody can open the store.`;
  if (state === 'no-key') return failed('key', `${file} is missing or damaged`, mend);
  if (state === 'key-locked' && keyWay === 'passphrase' && givenPassphrases().length === 0)
    return warning('key', `${KEPT.passphrase}, and none was given`, GIVE_PASSPHRASE);
  if (state === 'key-locked')
    return failed('key', keyWay === null ? 'of a newer offrecord' : KEPT[keyWay], problem ?? mend);
  if (state === 'wrong-key') return failed('key', `${file} does not fit the store`, mend);
  const kept = `${KEPT[keyWay ?? 'file']}: ${file}`;
  return ok('key', KEY_UNPROVEN.includes(state) ? `not tried; ${kept}` : `fits; ${kept}`);
}

const KEPT: Record<KeyWay, string> = {
  keychain: 'in the keychain',
  passphrase: 'locked with a passphrase',
  file: 'in a file that your programs can read',
};

const GIVE_PASSPHRASE = 'Run this in a terminal, or give it in OFFRECORD_PASSPHRASE or OFFRECORD_PASSPHRASE_FD.';

const KEY_UNPROVEN: Inspection['state'][] = ['not-a-store', 'unreadable'];

function checkOpening({ state, problem }: Inspection, file: string): Check {
  const restore = `Put ${file} back from a backup, or move the folder away to begin an empty store.`;
  const checks: Record<Inspection['state'], Check> = {
    none: ok('store', 'nothing is kept yet'),
    open: ok('store', `opens: ${file}`),
    'no-key': failed('store', 'can’t be opened without its key', restore),
    'key-locked': ok('store', `not tried, as its key is locked: ${file}`),
    'wrong-key': failed('store', 'can’t be opened with this key, or is damaged', restore),
    'not-a-store': failed('store', problem ?? '', restore),
    unreadable: failed('store', `${file} can’t be read (${problem})`, READABLE),
    damaged: failed('store', `${file} is damaged`, restore),
    newer: failed('store', `was made by a newer offrecord (it has “${problem}”)`, 'Update offrecord.'),
    'cut-off': warning(
      'store',
      'an earlier run was cut off',
      'Run `offrecord list`, which tidies up; then look again.',
    ),
  };
  return checks[state];
}

const READABLE = 'Close other offrecords, and give yourself the right to read and write there.';

function checkContent({ badPages, integrity, index }: Inspection, dir: string): Check[] {
  const mend = `Copy ${dir} to a safe place, then put the store back from a backup.`;
  const checks: Check[] = [];
  if (badPages !== null)
    checks.push(
      badPages.length === 0
        ? ok('pages', 'each has the code that proves it')
        : failed('pages', `${badPages.length} are damaged (the first is number ${badPages[0]})`, mend),
    );
  if (integrity !== null)
    checks.push(integrity === 'ok' ? ok('structure', 'sound') : failed('structure', integrity, mend));
  if (index !== null) checks.push(checkIndex(index, mend));
  return checks;
}

function checkIndex({ lines, utterances }: { lines: number; utterances: number }, mend: string): Check {
  const seen = `${lines} lines for ${utterances} utterances`;
  return lines === utterances ? ok('search index', seen) : failed('search index', seen, mend);
}

function checkPermissions(dir: string, configDir: string): Check {
  const places = findPlaces(dir, configDir);
  const open = places.filter(({ isOpenToOthers }) => isOpenToOthers);
  if (open.length === 0) return ok('permissions', places.length > 0 ? 'for you alone' : 'nothing to look at yet');
  const commands = open.map(({ path, isFolder }) => `chmod ${isFolder ? 700 : 600} '${path}'`);
  return failed('permissions', `open to others: ${open.map(({ path }) => path).join(', ')}`, commands.join('; '));
}

function checkPending({ isPurgePending, isKeyChangePending }: Inspection): Check {
  const pending = [isPurgePending && 'a purge', isKeyChangePending && 'a change of the key'].filter(Boolean);
  if (pending.length === 0) return ok('pending work', 'none');
  return warning('pending work', `${pending.join(' and ')} was cut off`, 'Run `offrecord list`: it finishes them.');
}

function checkStopped({ unfinished }: Inspection): Check {
  if (unfinished === 0) return ok('stopped analyses', 'none');
  const mend =
    'The same `analyze` goes on with each; `offrecord list` shows their ids, `offrecord purge ID` forgets one.';
  return warning('stopped analyses', String(unfinished), mend);
}
