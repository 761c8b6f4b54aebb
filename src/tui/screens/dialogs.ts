import { fitText, wrapText } from '../cells.js';
import { type Line, part, type Size, select } from '../frame.js';
import { heightOfScreen } from '../layout.js';
import { PURGE_WORD } from '../reduce-dialog.js';
import type { Choosing, Dialog, Form, Prompt, PurgeDialog, Reader } from '../state.js';
import { typedField } from '../widgets/typed-field.js';
import { windowOf } from '../widgets/window.js';

/** A dialog that fills the screen; a prompt stands below what was there. */
export function dialogScreen(dialog: Exclude<Dialog, Prompt>, size: Size): Line[] {
  const rows = heightOfScreen(size) - 3;
  if (dialog.kind === 'reader') return reader(dialog, size, rows);
  if (dialog.kind === 'choice') return choice(dialog, size, rows);
  return dialog.kind === 'form' ? form(dialog, size) : purge(dialog, size, rows);
}

function reader({ title, lines, top, about }: Reader, { columns }: Size, rows: number): Line[] {
  const wrapped = lines.flatMap(line => wrapIndented(line, columns - 2));
  const from = Math.min(top, Math.max(0, wrapped.length - rows));
  const left = wrapped.length - from - rows;
  const more = left > 0 ? `  ${left} more ${left === 1 ? 'line' : 'lines'} ↓` : '';
  const isHead = (line: string): boolean => about === 'help' && /^\S/.test(line);
  const shown = wrapped
    .slice(from, from + rows)
    .map((line): Line => [part(` ${line}`, isHead(line) ? 'strong' : 'plain')]);
  return [[part(` ${title}`, 'title'), part(more, 'quiet')], ...shown];
}

/** A long line goes on under its own beginning. */
function wrapIndented(line: string, width: number): string[] {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  if (line.trim() === '') return [''];
  return wrapText(line.trim(), Math.max(8, width - indent.length)).map(row => indent + row);
}

function choice({ title, options, selected }: Choosing, { columns }: Size, rows: number): Line[] {
  const [from, to] = windowOf(options.length, selected, rows);
  const isNamed = options.some(({ name }) => !name.includes(' ') && name !== 'all');
  const lines = options.slice(from, to).map(({ name, about }, n) => {
    const isSelected = from + n === selected;
    const line = [
      part(isSelected ? ' › ' : '   ', 'key'),
      part(isNamed ? fitText(name, 14) : ''),
      part(about, isNamed ? 'quiet' : 'plain'),
    ];
    return isSelected ? select(line.map(piece => ({ ...piece, text: piece.text.slice(0, columns) }))) : line;
  });
  return [[part(` ${title}`, 'title')], ...lines];
}

const LABEL_COLUMNS = 12;

function form({ fields, at }: Form, { columns }: Size): Line[] {
  const lines = fields.flatMap(({ label, field }, n): Line[] => [
    [
      part(n === at ? ' › ' : '   ', 'key'),
      part(fitText(label, LABEL_COLUMNS), n === at ? 'strong' : 'quiet'),
      ...typedField(field, columns - LABEL_COLUMNS - 4, n === at),
    ],
  ]);
  const hint = wrapText(
    'The date like 2026-11-28. Your note is for you alone: kept encrypted, and in no export.',
    columns - 4,
  );
  return [
    [part(' About this call', 'title')],
    ...lines,
    [],
    ...hint.map((text): Line => [part(`   ${text}`, 'quiet')]),
  ];
}

function purge({ lines, withRecordings, field }: PurgeDialog, { columns }: Size, rows: number): Line[] {
  const wrapped = lines.flatMap(line => wrapIndented(line, columns - 3));
  const tail: Line[] = [
    [
      part(
        ` Recording: ${withRecordings ? 'deleted too' : 'stays where it is'} (tab)`,
        withRecordings ? 'critical' : 'quiet',
      ),
    ],
    [part(` Type ${PURGE_WORD} to delete for good: `, 'strong'), ...typedField(field, 12)],
  ];
  const shown = wrapped.slice(0, Math.max(1, rows - tail.length)).map((text): Line => [part(` ${text}`)]);
  return [[part(' Delete this call', 'title')], ...shown, ...tail];
}

/** The rows of a prompt, to stand below the screen. */
export function promptRows({ title, field, completions }: Prompt, { columns, rows }: Size): Line[] {
  const most = Math.max(0, Math.min(6, rows - 8));
  const listed = completions.slice(0, most).map((path): Line => [part(`   ${path}`, 'quiet')]);
  const more: Line[] =
    completions.length > most && most > 0 ? [[part(`   … ${completions.length - most} more`, 'quiet')]] : [];
  const rule: Line = [part('─'.repeat(columns), 'quiet')];
  return [
    rule,
    [part(` ${title}`, 'strong')],
    ...listed,
    ...more,
    [part(' › ', 'key'), ...typedField(field, columns - 4)],
  ];
}
