import { expect, it } from 'vitest';
import type { Metric } from '../api/types';
import { historyFrom, paneKey, pointsOf, retime, withNewer } from './overlays';

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
  expect(retime('adx(9,5m)', '5m', '1h', known)).toBe('adx(9,5m)');
  expect(retime('ema(21,15m)', '5m', '1h', known)).toBe('ema(21,15m)');
});

it('prices share the candles’ pane, a line and its signal share theirs', () => {
  expect(paneKey(metric('ema', 'price'), 'ema')).toBe('price');
  expect(paneKey(metric('macd_signal', 'none'), 'x')).toBe(paneKey(metric('macd', 'none'), 'y'));
});

it('the history is asked for within the two days that the gateway answers, however long the page is open', () => {
  for (const openFor of [0, 30_000, 60_001, 86_400_000]) {
    const now = Date.UTC(2026, 0, 31, 12, 0, 29) + openFor;
    const reach = now - historyFrom(now);
    expect(reach, `after ${openFor} ms`).toBeLessThan(2 * 86_400_000 - 3 * minute);
    expect(reach, `after ${openFor} ms`).toBeGreaterThan(2 * 86_400_000 - 10 * minute);
  }
});

it('an answer leaves the live points that are newer than it', () => {
  const shown = new Map([[0, 9], [minute, 2], [2 * minute, 3]]);
  expect(withNewer([{ time: 0, value: 1 }], shown)).toEqual([{ time: 0, value: 1 }, { time: minute, value: 2 }, { time: 2 * minute, value: 3 }]);
  expect(withNewer([], new Map())).toEqual([]);
});
