import { expect, it } from 'vitest';
import type { Alert } from '../api/types';
import { filterOf, matches, noFilter, pathOf, searchOf } from './filter';

const alert: Alert = {
  id: '1', symbol: 'BTCUSDT', exchange: 'binance-futures', rule_type: 'custom', rule_id: 'r1', description: '', severity: 'warning',
  state: 'fired', timestamp: '2026-01-01T00:00:00Z', price: 1, metadata: {},
};

it('a severity means at least', () => {
  expect(matches({ ...noFilter, severity: 'info' }, alert)).toBe(true);
  expect(matches({ ...noFilter, severity: 'critical' }, alert)).toBe(false);
});

it('each condition alone can refuse', () => {
  const wrong = [{ rule: 'r2' }, { symbol: 'ethusdt' }, { exchange: 'okx-swap' }, { state: 'resolved' as const }, { taken: 'yes' as const }];
  expect(wrong.map(part => matches({ ...noFilter, ...part }, alert))).toEqual(wrong.map(() => false));
  expect(matches({ ...noFilter, rule: 'r1', symbol: 'btcusdt', exchange: 'binance-futures', taken: 'no' }, alert)).toBe(true);
});

it('a span of time reaches back from now', () => {
  const at = Date.parse(alert.timestamp);
  expect(matches({ ...noFilter, within: 'hour' }, alert, at + 3_600_000)).toBe(true);
  expect(matches({ ...noFilter, within: 'hour' }, alert, at + 3_600_001)).toBe(false);
  expect(matches({ ...noFilter, within: 'week' }, alert, at + 6 * 86_400_000)).toBe(true);
  expect(pathOf({ ...noFilter, within: 'day' }, 50, at)).toBe(`/api/v1/alerts?state=fired&since=${at - 86_400_000}&limit=50`);
});

it('the gateway is asked the same', () =>
  expect(pathOf({ ...noFilter, severity: 'warning', symbol: 'btcusdt', taken: 'no' }, 50))
    .toBe('/api/v1/alerts?severity=warning&symbol=BTCUSDT&state=fired&acknowledged=false&limit=50'));

it('a filter survives the address', () => {
  for (const filter of [noFilter, { ...noFilter, state: '' as const, rule: 'a b' }, { ...noFilter, taken: 'yes' as const }, { ...noFilter, within: 'day' as const }])
    expect(filterOf(searchOf(filter))).toEqual(filter);
});
