import type { FrameTable } from '../live/FrameTable';

export interface OrderOptions { sort: string; search: string; only: ReadonlySet<string> | null }

/** The rows to show, in order; what is unknown comes last either way. */
export function order(table: FrameTable, { sort, search, only }: OrderOptions): number[] {
  const wanted = search.trim().toUpperCase();
  const rows: number[] = [];
  for (let row = 0; row < table.count; row++) {
    if (only && !only.has(table.keys[row]!)) continue;
    if (wanted !== '' && !table.symbols[row]!.includes(wanted)) continue;
    rows.push(row);
  }
  const isDescending = sort.startsWith('-');
  const name = isDescending ? sort.slice(1) : sort;
  const direction = isDescending ? -1 : 1;
  const column = table.columnOf(name);
  const bySymbol = (a: number, b: number): number => (table.keys[a]! < table.keys[b]! ? -1 : 1);
  if (column < 0) return rows.sort((a, b) => direction * bySymbol(a, b));
  const known: number[] = [];
  const unknown: number[] = [];
  const values = new Float64Array(table.count); // read once: sorting thousands of rows looks at each a dozen times
  for (const row of rows) {
    values[row] = table.value(row, column);
    (Number.isNaN(values[row]) ? unknown : known).push(row);
  }
  known.sort((a, b) => direction * (values[a]! - values[b]!) || bySymbol(a, b));
  return [...known, ...unknown.sort(bySymbol)];
}
