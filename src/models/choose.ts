import type { Model } from './manifest.js';
import { type Speeds, speedOf } from './speeds.js';

/** From the most exact to the least; the demonstration model comes last. */
const EXACTNESS = ['small.en', 'base.en', 'tiny.en', 'nano'];
/** An hour of talk takes an hour. */
const REAL_TIME = 1;

/** The most exact model that keeps under real time on this computer; where none does, the quickest real one. */
export function chooseWhisper(installed: Model[], speeds: Speeds): Model | undefined {
  const ordered = EXACTNESS.flatMap(name => installed.filter(model => model.name === name));
  const real = ordered.filter(({ demonstration }) => !demonstration);
  const rtf = (model: Model): number => speedOf(model, speeds).rtf;
  const quickest = real.toSorted((a, b) => rtf(a) - rtf(b))[0];
  return real.find(model => rtf(model) < REAL_TIME) ?? quickest ?? ordered[0];
}
