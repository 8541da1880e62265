import { expect, it } from 'vitest';
import type { Alert } from '../api/types';
import { linesOf } from './latest';

const alert = (id: string, symbol: string, rule: string, group: string | null = null): Alert => ({
  id, symbol, exchange: 'x', rule_type: 'custom', rule_id: rule, description: '', severity: 'info', state: 'fired', timestamp: '2026-01-01T00:00:00Z', price: 1, metadata: {}, group,
});

it('what fires again and again is one line in the place of its newest, and a burst is another', () => {
  const lines = linesOf([
    alert('1', 'SOL', 'r1'), alert('2', 'BTC', 'r2'), alert('3', 'SOL', 'r1'), alert('4', 'SOL', 'r2'),
    alert('5', 'A', 'r3', 'r3:1'), alert('6', 'B', 'r3', 'r3:1'), alert('7', 'C', 'r3', 'r3:1'), alert('8', 'SOL', 'r1'),
  ]);
  expect(lines.map(line => [line.newest.id, line.count, line.instruments])).toEqual([['1', 3, 1], ['2', 1, 1], ['4', 1, 1], ['5', 3, 3]]);
});
