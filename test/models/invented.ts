import { createHash } from 'node:crypto';
import { type Model, readManifest } from '../../src/models/manifest.js';

/** A hub model of these files, otherwise like the smallest real one. */
export function inventedModel(files: Map<string, Buffer>, name = 'tiny.en'): Model {
  const real = readManifest().models.find(model => model.name === 'tiny.en') as Model;
  return {
    ...real,
    name,
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: hash(bytes) })),
  };
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
