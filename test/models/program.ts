import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Manifest, readManifest } from '../../src/models/manifest.js';
import { CLI } from '../cli.js';
import { inventedModel } from './invented.js';

/** A Whisper with the hub's files and random weights: it loads, and hears one line of invented words in everything. */
export const RANDOM_WHISPER = fileURLToPath(new URL('../fixtures/whisper-random.en', import.meta.url));

/** The files of a folder: path below it, with slashes → bytes. */
export function filesOf(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return new Map(paths.map(path => [path.replaceAll('\\', '/'), readFileSync(join(folder, path))]));
}

/**
 * A copy of the built program whose manifest asks a hub of the test’s own, and holds the random Whisper under the names of
 * the real models.
 */
export class Program {
  readonly dir = mkdtempSync(join(tmpdir(), 'offrecord-program-'));
  readonly cli = join(this.dir, 'dist', 'cli.js');

  constructor({ hub, hosts }: Pick<Manifest, 'hub' | 'hosts'>) {
    const source = dirname(dirname(CLI));
    for (const part of ['dist', 'package.json']) cpSync(join(source, part), join(this.dir, part), { recursive: true });
    for (const part of ['node_modules', 'samples']) symlinkSync(join(source, part), join(this.dir, part));
    mkdirSync(join(this.dir, 'models'));
    for (const model of ['whisper-nano', 'red-flags'])
      symlinkSync(join(source, 'models', model), join(this.dir, 'models', model));
    const files = filesOf(RANDOM_WHISPER);
    const models = readManifest().models.map(model =>
      'hub' in model.location ? { ...model, files: inventedModel(files).files } : model,
    );
    this.writeManifest({ ...readManifest(), hub, hosts, models });
  }

  writeManifest(manifest: Manifest): void {
    writeFileSync(join(this.dir, 'models', 'manifest.json'), JSON.stringify(manifest));
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
