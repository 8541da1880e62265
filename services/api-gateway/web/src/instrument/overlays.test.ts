import { expect, it } from 'vitest';
import type { Metric } from '../api/types';
import { paneKey, pointsOf, retime } from './overlays';

const minute = 60_000;
const metric = (fn: string, unit: Metric['unit']): Metric => ({ name: fn, function: fn, arguments: [], unit, meaning: '', warm_up_minutes: 0 });

it('the last minute of a bar is its value, unknown minutes leave it alone', () => {
  const series = { columns: ['price', 'rsi(14,5m)'], items: [[0, 1, 50], [minute, 1, 55], [4 * minute, 1, null], [5 * minute, 1, 60]] };
  expect(pointsOf(series, 'rsi(14,5m)', 5 * minute)).toEqual([{ time: 0, value: 55 }, { time: 5 * minute, value: 60 }]);
  expect(pointsOf(series, 'adx(14,5m)', minute)).toEqual([]);
});

it('an indicator follows the chart where the catalogue lets it', () => {
  const known = new Set(['ema(21,1h)']);
  expect(retime('ema(21,5m)', '5m', '1h', known)).toBe('ema(21,1h)');
  expect(retime('ema(9,5m)', '5m', '1h', known)).toBe('ema(9,5m)');
  expect(retime('ema(21,15m)', '5m', '1h', known)).toBe('ema(21,15m)');
});

it('prices share the candles’ pane, a line and its signal share theirs', () => {
  expect(paneKey(metric('ema', 'price'), 'ema')).toBe('price');
  expect(paneKey(metric('macd_signal', 'none'), 'x')).toBe(paneKey(metric('macd', 'none'), 'y'));
});
