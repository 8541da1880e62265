import { expect, it } from 'vitest';
import type { Metric } from '../api/types';
import { matrixOf } from './matrix';

const metric = (fn: string, ...args: string[]): Metric =>
  ({ name: `${fn}(${args.join()})`, function: fn, arguments: args, unit: 'none', meaning: fn, warm_up_minutes: 0 });

it('metrics stand in rows, their timeframes in columns', () => {
  const matrix = matrixOf([metric('rsi', '14', '1h'), metric('rsi', '14', '5m'), metric('change', '1h'), metric('price')], ['5m', '1h', '1d']);
  expect(matrix.timeframes).toEqual(['5m', '1h']);
  expect(matrix.rows.map(row => row.title)).toEqual(['change', 'rsi(14)']);
  expect(matrix.rows[0]!.cells.map(cell => cell?.name ?? null)).toEqual([null, 'change(1h)']);
  expect(matrix.singles.map(single => single.function)).toEqual(['price']);
});
