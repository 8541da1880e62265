import type { Column } from './columns';

/** Changes are coloured by direction, and deeper the stronger; oscillators only where they mean something. */
export function tone(column: Pick<Column, 'look' | 'frame' | 'unit' | 'name'>, value: number): string {
  if (!Number.isFinite(value)) return 'none';
  if (column.look === 'heat') {
    if (value === 0) return 'flat';
    const strength = Math.abs(value) / typical(column.frame);
    return `${value > 0 ? 'up' : 'down'} h${strength < 0.4 ? 0 : strength < 1 ? 1 : strength < 2 ? 2 : 3}`;
  }
  if (column.look === 'gauge' && column.unit !== 'rank') return value >= 70 ? 'hot' : value <= 30 ? 'cold' : '';
  return '';
}

const typicals: Record<string, number> = { '1m': 0.3, '5m': 0.6, '15m': 1, '1h': 2, '4h': 4, '8h': 5, '1d': 8 };

/** A move of this many percent is remarkable in the timeframe. */
const typical = (frame: string): number => typicals[frame.split(' ').at(-1) ?? ''] ?? 2;
