import { VERDICT_NAMES } from '../report/list.js';
import { LABEL_NAMES, LABELS } from '../taxonomy.js';
import { type Family, VERDICT_LEVELS } from '../types.js';
import type { Choice } from './api.js';

/** The families as a person reads them, with a short word for the head of a column. */
export const FAMILY_NAMES: Record<Family, { name: string; head: string }> = {
  recording: { name: 'Recording', head: 'Record' },
  pressure: { name: 'Pressure', head: 'Press' },
  'ip-harvesting': { name: 'Your work and ideas', head: 'Ideas' },
  'data-harvesting': { name: 'Your data', head: 'Data' },
};

/** What the library can be narrowed to. */
export function filterOptions(): Choice[] {
  return [
    { name: 'all', about: 'All calls' },
    ...VERDICT_LEVELS.map(level => ({ name: `verdict ${level}`, about: `Verdict: ${VERDICT_NAMES[level]}` })),
    ...Object.entries(FAMILY_NAMES).map(([name, family]) => ({
      name: `family ${name}`,
      about: `Flags about: ${family.name}`,
    })),
    ...LABEL_NAMES.map(name => ({ name: `label ${name}`, about: `Flag: ${LABELS[name].name}` })),
  ];
}

/** What stands between a letter and the notes about it. */
export const LETTER_LEGEND = '────  Not part of the letter:';
