import { readFileSync } from 'node:fs';
import { OffRecordError } from '../errors.js';

/** Asks the person for a line that is not shown; null where nobody can be asked. */
export type Ask = (question: string) => string | null;

const MOST_QUESTIONS = 3;
const SHORTEST = 8;

let ask: Ask = () => null;
let asked = 0;
let isEnvironmentRead = false;
/** All passphrases of this run: each is asked for once, however often the store is opened. */
const given: string[] = [];

/** Says how the person is asked. Until then only the environment gives passphrases. */
export function askPassphrasesWith(asker: Ask): void {
  ask = asker;
}

/** The passphrases that were given in this run, by the environment or by the person. */
export function givenPassphrases(): readonly string[] {
  if (!isEnvironmentRead) {
    isEnvironmentRead = true;
    const passphrase = fromEnvironment('OFFRECORD_PASSPHRASE');
    if (passphrase !== null) given.push(passphrase);
  }
  return given;
}

/** Asks for one more passphrase; false where nobody can be asked (any more). */
export function askForPassphrase(): boolean {
  if (asked >= MOST_QUESTIONS) return false;
  const answer = ask(asked === 0 ? 'Passphrase of your store: ' : 'That one does not open it. Passphrase: ');
  if (answer === null) return false;
  asked++;
  given.push(answer);
  return true;
}

/**
 * The passphrase that shall hold from now on: from the environment, else typed twice.
 * @param isChange whether another one is in force; then `OFFRECORD_PASSPHRASE` is that one
 * @throws OffRecordError `usage` when there is none, it is too short, or the two differ
 */
export function newPassphrase(isChange: boolean): string {
  const passphrase =
    fromEnvironment('OFFRECORD_NEW_PASSPHRASE') ?? (isChange ? null : givenPassphrases()[0]) ?? askNew();
  if ([...passphrase].length < SHORTEST) {
    const sentence = `The new passphrase has fewer than ${SHORTEST} characters. Take a longer one, such as four words that do not belong together.`;
    throw new OffRecordError('usage', sentence);
  }
  return passphrase;
}

/** A passphrase that this run has locked a key with opens it in this run. */
export function rememberPassphrase(passphrase: string): void {
  if (!given.includes(passphrase)) given.push(passphrase);
}

function askNew(): string {
  const passphrase = ask('New passphrase: ');
  if (passphrase === null) {
    const sentence =
      'A new passphrase is needed: run this in a terminal, or give it in OFFRECORD_NEW_PASSPHRASE or OFFRECORD_NEW_PASSPHRASE_FD.';
    throw new OffRecordError('usage', sentence);
  }
  if (ask('The same once more: ') !== passphrase)
    throw new OffRecordError('usage', 'The two passphrases differ, so nothing was changed. Try again.');
  return passphrase;
}

/** A variable with the passphrase itself, or with the number of a file descriptor whose first line it is. */
function fromEnvironment(name: string): string | null {
  const [passphrase, descriptor] = [take(name), take(`${name}_FD`)];
  return passphrase ?? (descriptor === null ? null : firstLine(`${name}_FD`, descriptor));
}

/** Taken out, so that no program started from here inherits it. */
function take(name: string): string | null {
  const value = process.env[name];
  delete process.env[name];
  return value === undefined || value === '' ? null : value;
}

function firstLine(name: string, descriptor: string): string {
  try {
    if (!/^\d+$/.test(descriptor)) throw new Error('not a number');
    const [line = ''] = readFileSync(Number(descriptor), 'utf8').split(/\r?\n/);
    return line;
  } catch (error) {
    const sentence = `No passphrase can be read from ${name}=${descriptor}. Give the number of an open file descriptor.`;
    throw new OffRecordError('usage', sentence, { cause: error });
  }
}
