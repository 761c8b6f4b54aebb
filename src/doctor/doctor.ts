import { type Check, failed, reasonOf } from './check.js';
import { checkDisk, checkOnnx, checkSqlite, checkSystemFfmpeg, checkWasmFfmpeg } from './machine.js';
import { checkModels } from './models.js';
import { judgeNode } from './node.js';
import { checkStore } from './store.js';

/** Checks everything that the program needs. Makes nothing and changes nothing. */
export async function examine(storeDir: string, configDir: string): Promise<Check[]> {
  const sqlite = checkSqlite();
  return [
    judgeNode(process.versions.node),
    sqlite,
    checkOnnx(),
    await checkWasmFfmpeg(),
    await checkSystemFfmpeg(),
    ...(await checkModels()),
    ...(sqlite.state === 'ok' ? attempt('store', () => checkStore(storeDir, configDir)) : []),
    ...attempt('disk', () => [checkDisk(storeDir)]),
  ];
}

/** A folder that may not even be looked into must not keep the other checks from their lines. */
function attempt(name: string, check: () => Check[]): Check[] {
  try {
    return check();
  } catch (error) {
    return [failed(name, reasonOf(error), 'Give yourself the right to read and write there, or name another --store.')];
  }
}
