import { createInterface } from 'node:readline/promises';
import { OffRecordError } from '../errors.js';
import { notice } from './terminal.js';

/**
 * Asks whether to delete for good; any answer but yes ends the command.
 * @throws OffRecordError `usage` where nobody can be asked, `interrupted` after another answer
 */
export async function confirmDeletion(): Promise<void> {
  if (!process.stdin.isTTY)
    throw new OffRecordError('usage', 'Nothing was deleted: add --yes to delete without being asked.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D answer no.
  const answer = await terminal
    .question('Delete for good? Type yes: ')
    .catch(() => {
      notice('');
      return '';
    })
    .finally(() => terminal.close());
  if (answer.trim().toLowerCase() !== 'yes')
    throw new OffRecordError('interrupted', 'Nothing was deleted: you did not type yes.');
}
