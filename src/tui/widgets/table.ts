import { fitText } from '../cells.js';
import { type Line, part, select, type Tone } from '../frame.js';

/** A column of a table; the one without a width takes what is left. */
export interface Column<Row> {
  head: string;
  width: number | null;
  side?: 'right';
  cell(row: Row): { text: string; tone?: Tone };
}

const GAP = 2;

/** The head of a table. */
export function tableHead<Row>(columns: Column<Row>[], width: number): Line {
  const widths = widthsOf(columns, width);
  return [part('  ', 'quiet'), ...cells(columns, widths, ({ head }) => ({ text: head, tone: 'quiet' }))];
}

/** One row of a table; the selected one has a mark, too, for who sees no colours. */
export function tableRow<Row>(columns: Column<Row>[], width: number, row: Row, isSelected: boolean): Line {
  const widths = widthsOf(columns, width);
  const line = [part(isSelected ? '› ' : '  ', 'key'), ...cells(columns, widths, ({ cell }) => cell(row))];
  return isSelected ? select(line) : line;
}

function widthsOf<Row>(columns: Column<Row>[], width: number): number[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0), 0) + GAP * columns.length;
  const open = columns.filter(column => column.width === null).length;
  const each = Math.max(3, Math.floor((width - fixed) / Math.max(1, open)));
  return columns.map(column => column.width ?? each);
}

function cells<Row>(
  columns: Column<Row>[],
  widths: number[],
  read: (column: Column<Row>) => { text: string; tone?: Tone },
): Line {
  return columns.map((column, n) => {
    const { text, tone } = read(column);
    const gap = n === columns.length - 1 ? '' : ' '.repeat(GAP);
    return part(fitText(text, widths[n] ?? 0, column.side ?? 'left') + gap, tone);
  });
}
