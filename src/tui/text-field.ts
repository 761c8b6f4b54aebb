/** A line of text that is being typed; the cursor counts characters. */
export interface TextField {
  value: string;
  cursor: number;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A field with its cursor at the end. */
export function field(value = ''): TextField {
  return { value, cursor: value.length };
}

/** What a key does to a field; null for a key that means nothing in it. */
export function typeInto({ value, cursor }: TextField, key: string): TextField | null {
  const [before, after] = [value.slice(0, cursor), value.slice(cursor)];
  switch (key) {
    case 'left':
      return { value, cursor: cursor - lastOf(before).length };
    case 'right':
      return { value, cursor: cursor + firstOf(after).length };
    case 'home':
    case 'ctrl-a':
      return { value, cursor: 0 };
    case 'end':
    case 'ctrl-e':
      return { value, cursor: value.length };
    case 'backspace':
      return joined(before.slice(0, before.length - lastOf(before).length), after);
    case 'delete':
      return joined(before, after.slice(firstOf(after).length));
    case 'ctrl-u':
      return joined('', after);
    case 'ctrl-w':
      return joined(before.replace(/\S*\s*$/, ''), after);
    default:
      return isTyped(key) ? joined(before + key, after) : null;
  }
}

function joined(before: string, after: string): TextField {
  return { value: before + after, cursor: before.length };
}

function firstOf(text: string): string {
  const [first] = segmenter.segment(text);
  return first?.segment ?? '';
}

function lastOf(text: string): string {
  return [...segmenter.segment(text)].at(-1)?.segment ?? '';
}

/** Names of keys are words of several letters; what is typed is one character. */
function isTyped(key: string): boolean {
  return firstOf(key) === key && key !== '';
}
