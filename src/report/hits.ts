import type { Span, Speaker } from '../types.js';
import { BODY, INDENT, timeColumn } from './layout.js';
import type { Paint } from './style.js';
import { wrap } from './wrap.js';

/** A line that a search found. */
export interface FoundLine {
  call: { id: string; file: string; date: string | null; company: string | null; analyzedAt: string };
  start: number | null;
  speaker: Speaker;
  text: string;
  marks: Span[];
}

interface Layout {
  width: number;
  paint: Paint;
}

const [OPEN, CLOSE] = ['«', '»'];

/** Lines under their calls, what was looked for «marked». */
export function renderHits(hits: FoundLine[], more: boolean, layout: Layout): string {
  const lines = hits.flatMap((hit, i) => [
    ...(hits[i - 1]?.call.id === hit.call.id ? [] : [...(i > 0 ? [''] : []), callLine(hit, layout)]),
    ...lineOf(hit, layout),
  ]);
  const rest = more ? ['', `These are the first ${hits.length}; there are more. Show them with: --limit`] : [];
  return [...lines, ...rest].join('\n');
}

function callLine({ call }: FoundLine, { paint }: Layout): string {
  const about = [call.company, call.file].filter(Boolean).join(' · ');
  return `${paint('strong', call.id)}  ${call.date ?? call.analyzedAt.slice(0, 10)}  ${about}`;
}

function lineOf({ start, speaker, text, marks }: FoundLine, { paint, width }: Layout): string[] {
  return [
    `${INDENT}${timeColumn(start)}${paint('quiet', speaker)}`,
    ...paintMarks(wrap(withMarks(text, marks), width, BODY), paint),
  ];
}

function withMarks(text: string, marks: Span[]): string {
  return marks.reduceRight(
    (marked, [from, to]) => `${marked.slice(0, from)}${OPEN}${marked.slice(from, to)}${CLOSE}${marked.slice(to)}`,
    text,
  );
}

/** A mark may begin on one line and end on the next. */
function paintMarks(lines: string[], paint: Paint): string[] {
  let isOpen = false;
  return lines.map(line => {
    const parts = line.split(/(?=«)|(?<=»)/u);
    return parts
      .map(part => {
        const isMarked = isOpen || part.startsWith(OPEN);
        isOpen = isMarked && !part.endsWith(CLOSE);
        return isMarked ? part.replace(/\S.*/u, words => paint('strong', words)) : part;
      })
      .join('');
  });
}
