import type { Metric } from '../api/types';

export interface MatrixRow { title: string; meaning: string; cells: (Metric | null)[] }
export interface Matrix { timeframes: string[]; rows: MatrixRow[]; singles: Metric[] }

const order = ['change', 'volume', 'volume_ratio', 'taker_share', 'rsi', 'natr', 'adx', 'macd_histogram', 'bb_percent', 'ema', 'vwap'];

/** The catalogue as a table: one row per metric, one column per timeframe. */
export function matrixOf(catalogue: readonly Metric[], timeframes: readonly string[]): Matrix {
  const rows = new Map<string, MatrixRow & { fn: string }>();
  const singles: Metric[] = [];
  for (const metric of catalogue) {
    const column = timeframes.indexOf(metric.arguments.at(-1) ?? '');
    if (column < 0) { singles.push(metric); continue; }
    const args = metric.arguments.slice(0, -1);
    const title = args.length === 0 ? metric.function : `${metric.function}(${args.join(',')})`;
    const row = rows.get(title) ?? { title, fn: metric.function, meaning: metric.meaning, cells: timeframes.map(() => null) };
    row.cells[column] = metric;
    rows.set(title, row);
  }
  const used = timeframes.map((_, i) => [...rows.values()].some(row => row.cells[i]));
  const place = (fn: string): number => (order.includes(fn) ? order.indexOf(fn) : order.length);
  return {
    timeframes: timeframes.filter((_, i) => used[i]), singles,
    rows: [...rows.values()].sort((a, b) => place(a.fn) - place(b.fn) || a.title.localeCompare(b.title))
      .map(({ title, meaning, cells }) => ({ title, meaning, cells: cells.filter((_, i) => used[i]) })),
  };
}
