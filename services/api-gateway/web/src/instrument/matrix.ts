import type { Metric } from '../api/types';
import { columnOf } from '../screener/columns';

export interface MatrixRow { title: string; meaning: string; cells: (Metric | null)[] }
export interface Matrix { timeframes: string[]; rows: MatrixRow[]; singles: Metric[] }

/** Timeframes that the panel shows without scrolling. */
const inSight = 5;

const order = ['change', 'volume', 'volume_ratio', 'taker_share', 'rsi', 'natr', 'adx', 'macd_histogram', 'bb_percent', 'ema', 'vwap'];

/** `bb_upper(20,2)` in the words of the table: BB up 20,2. */
export function titleOf(row: string): string {
  const args = /\((.*)\)/.exec(row)?.[1] ?? '';
  return `${columnOf(row).title}${args === '' ? '' : ` ${args}`}`;
}

/** Four figures of the largest for all: numbers beside each other are compared. */
export function decimalsFor(values: readonly (number | null | undefined)[]): number {
  const largest = Math.max(0, ...values.map(value => Math.abs(value ?? 0)));
  return largest === 0 ? 2 : Math.max(0, 3 - Math.floor(Math.log10(largest)));
}

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
  const isFar = (row: MatrixRow): number => Number(row.cells.slice(0, inSight).every(cell => cell === null)); // its numbers are out of sight: it would look empty
  return {
    timeframes: timeframes.filter((_, i) => used[i]), singles,
    rows: [...rows.values()].sort((a, b) => isFar(a) - isFar(b) || place(a.fn) - place(b.fn) || a.title.localeCompare(b.title))
      .map(({ title, meaning, cells }) => ({ title, meaning, cells: cells.filter((_, i) => used[i]) })),
  };
}
