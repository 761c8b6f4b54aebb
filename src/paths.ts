import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

const system = envPaths('offrecord', { suffix: '' });

/** The folder of the installed program: `models/` and `samples/` lie in it. Same depth from `src/` and `dist/`. */
export const packageDir = fileURLToPath(new URL('..', import.meta.url));

/** The models that ship with the program. */
export const builtInModelsDir = join(packageDir, 'models');

/** Where pulled models lie. */
export const pulledModelsDir = resolve(process.env.OFFRECORD_MODELS ?? join(system.data, 'models'));

/** The folder of the encrypted store unless `--store DIR` names another. */
export const defaultStoreDir = resolve(process.env.OFFRECORD_STORE ?? join(system.data, 'store'));

const configDir = resolve(process.env.OFFRECORD_CONFIG ?? system.config);

/**
 * The folder with a store's key: apart from the store, so that a copied store stays unreadable, and its own for each store,
 * so that destroying the key of one leaves the others readable.
 */
export function keyDirOf(storeDir: string): string {
  if (resolve(storeDir) === defaultStoreDir) return configDir;
  const place = createHash('sha256').update(resolve(storeDir)).digest('hex').slice(0, 16);
  return join(configDir, 'stores', place);
}
