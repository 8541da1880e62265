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
  return rows.sort((a, b) => {
    const [x, y] = [table.value(a, column), table.value(b, column)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y) ? bySymbol(a, b) : Number.isNaN(x) ? 1 : -1;
    return x === y ? bySymbol(a, b) : direction * (x - y);
  });
}
