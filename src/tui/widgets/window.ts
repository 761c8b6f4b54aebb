/** The part of a long list that is shown, so that the selected place is in it and not at its edge. */
export function windowOf(length: number, selected: number, rows: number): [from: number, to: number] {
  const from = Math.max(0, Math.min(selected - Math.floor(rows / 2), length - rows));
  return [from, Math.min(length, from + rows)];
}
