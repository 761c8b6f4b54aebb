import { widthOf } from '../cells.js';
import { type Line, part } from '../frame.js';
import { KEYS, showKey } from '../keys.js';
import { isUseful, placeOf } from '../place.js';
import type { State } from '../state.js';

/** The keys that matter here and now, as many as fit; the last two, which lead out or to the help, always do. */
export function footer(state: State, width: number): Line {
  const place = placeOf(state);
  const useful = KEYS.filter(one => one.foot !== undefined && one.places.includes(place) && isUseful(one, state));
  const items = useful.map(({ keys, foot = '' }) => ({ key: showKey(keys[0] ?? ''), foot }));
  const last = items.slice(-LAST);
  const line: Line = [];
  let left = width - last.reduce((sum, item) => sum + itemWidth(item), 0);
  for (const item of items.slice(0, -LAST)) {
    if (itemWidth(item) > left) break;
    left -= itemWidth(item);
    line.push(...show(item));
  }
  return [...line, ...last.flatMap(show)];
}

const LAST = 2;

interface Item {
  key: string;
  foot: string;
}

function itemWidth({ key, foot }: Item): number {
  return widthOf(key) + widthOf(foot) + 4;
}

function show({ key, foot }: Item): Line {
  return [part(` ${key}`, 'key'), part(` ${foot}  `, 'quiet')];
}
