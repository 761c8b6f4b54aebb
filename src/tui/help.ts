import { type Binding, KEYS, type Place, showKey } from './keys.js';

const SECTIONS: [title: string, places: Place[]][] = [
  ['List of calls', ['library', 'hits']],
  ['In a call', ['call']],
  ['In a text or a list', ['reader', 'choice']],
  ['Where you type', ['form', 'prompt', 'purge']],
];

const KEY_COLUMNS = 12;

/** The help, made from the key table: each key under the first heading where it works. */
export function helpLines(): string[] {
  const told = new Set<Binding>();
  return SECTIONS.flatMap(([title, places], n) => {
    const bindings = KEYS.filter(binding => !told.has(binding) && binding.places.some(place => places.includes(place)));
    for (const binding of bindings) told.add(binding);
    return [...(n > 0 ? [''] : []), title, ...bindings.map(helpLine)];
  });
}

function helpLine({ keys, help }: Binding): string {
  return `  ${keys.map(showKey).join(', ').padEnd(KEY_COLUMNS)}${help}`;
}
