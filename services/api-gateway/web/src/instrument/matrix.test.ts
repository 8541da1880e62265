import { expect, it } from 'vitest';
import type { Metric } from '../api/types';
import { decimalsFor, matrixOf, titleOf } from './matrix';

const metric = (fn: string, ...args: string[]): Metric =>
  ({ name: `${fn}(${args.join()})`, function: fn, arguments: args, unit: 'none', meaning: fn, warm_up_minutes: 0 });

it('metrics stand in rows, their timeframes in columns', () => {
  const matrix = matrixOf([metric('rsi', '14', '1h'), metric('rsi', '14', '5m'), metric('change', '1h'), metric('price')], ['5m', '1h', '1d']);
  expect(matrix.timeframes).toEqual(['5m', '1h']);
  expect(matrix.rows.map(row => row.title)).toEqual(['change', 'rsi(14)']);
  expect(matrix.rows[0]!.cells.map(cell => cell?.name ?? null)).toEqual([null, 'change(1h)']);
  expect(matrix.singles.map(single => single.function)).toEqual(['price']);
});

it('a row says what the table says', () => expect(['bb_upper(20,2)', 'change', 'rsi(14)'].map(titleOf)).toEqual(['BB up 20,2', 'Chg', 'RSI 14']));

it('the prices of a row share their decimals', () => {
  expect([[95_016.8, 94_000], [172.4, 9.5, null], [0.22, 10.3], [0.14, -0.35], [null]].map(decimalsFor)).toEqual([0, 1, 2, 4, 2]);
});
