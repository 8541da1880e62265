import { expect, it } from 'vitest';
import type { Alert, Metric } from '../api/types';
import { explains, reasonsOf } from './reasons';

const alert = (metadata: Alert['metadata']): Alert => ({
  id: '1', symbol: 'SOLUSDT', exchange: 'x', rule_type: 'custom', rule_id: 'r1', description: '', severity: 'info', state: 'fired',
  timestamp: '2026-01-01T00:00:00Z', price: 172.18, metadata,
});
const catalogue = new Map<string, Metric>([['price', { name: 'price', function: 'price', arguments: [], unit: 'price', meaning: '', warm_up_minutes: 0 }]]);

it('a price level is a reason too, and the last of them', () => {
  expect(reasonsOf(alert({ price: 172.18, 'change(5m)': 1.5 }), catalogue).map(reason => reason.title)).toEqual(['Chg 5m', 'Price']);
  expect(reasonsOf(alert({ price: 172.18 }), new Map())[0]).toMatchObject({ title: 'Price', text: '172.180' });
});

it('the price alone, which stands in the row already, does not explain', () => {
  expect(explains(reasonsOf(alert({ price: 172.18 }), catalogue))).toBe(false);
  expect(explains(reasonsOf(alert({ price: 172.18, 'rsi(14,1h)': 28 }), catalogue))).toBe(true);
});
