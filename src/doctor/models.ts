import { existsSync } from 'node:fs';
import { allModels, type Model, modelBytes, modelDir } from '../models/manifest.js';
import { checkModel, remedyFor } from '../models/verify.js';
import { type Check, failed, ok, warning } from './check.js';

/** Compares each model that is here with the manifest, by size and sha256. */
export async function checkModels(): Promise<Check[]> {
  const here = allModels().filter(isHere);
  const checks = await Promise.all(here.map(judge));
  const hasReal = here.some(({ kind, demonstration }) => kind === 'whisper' && !demonstration);
  return hasReal ? checks : [...checks, ONLY_DEMONSTRATION];
}

const ONLY_DEMONSTRATION = warning(
  'speech model for real calls',
  'not here; the built-in one is for the demonstration',
  'Get one: offrecord models pull base.en',
);

/** What ships must be here; what can be pulled only counts once its folder is there. */
function isHere(model: Model): boolean {
  return !('hub' in model.location) || existsSync(modelDir(model));
}

async function judge(model: Model): Promise<Check> {
  const name = `model ${model.name}`;
  const problems = await checkModel(model);
  const [first] = problems;
  if (!first) return ok(name, `${(modelBytes(model) / 1e6).toFixed(1)} MB, sizes and sha256 as they should be`);
  const others = problems.length > 1 ? ` and ${problems.length - 1} more` : '';
  const ships = 'builtIn' in model.location || 'package' in model.location;
  const mend = ships ? 'npm ci, or a fresh copy of offrecord' : remedyFor(model);
  return failed(name, `${first.path} ${PROBLEMS[first.problem]}${others}`, `Get it again: ${mend}`);
}

const PROBLEMS = { missing: 'is missing', size: 'has the wrong size', sha256: 'has the wrong sha256' };
