import { expect, it } from 'vitest';
import { priceOf } from './format';
import { knowTick, learnPrecision, precisionOf } from './precision';

const steps = (from: number, tick: number, decimals: number): number[] => Array.from({ length: 20 }, (_, i) => Number((from + i * tick).toFixed(decimals)));

it.each([[172.1, 0.01, 2], [95_016.5, 0.1, 1], [32.601, 0.001, 3], [1_000, 5, 0], [0.00000121, 0.00000001, 8]])('prices from %d by %d have %d decimals', (from, tick, decimals) => {
  learnPrecision(`x:${from}`, steps(from, tick, decimals));
  expect(precisionOf(`x:${from}`)).toBe(decimals);
});

it('what was seen once stays, and a few prices tell nothing', () => {
  learnPrecision('x:few', [172.1, 172.2]);
  expect(precisionOf('x:few')).toBeUndefined();
  learnPrecision('x:few', Array.from({ length: 50 }, () => 0.012)); // a coin that hardly trades
  expect(precisionOf('x:few')).toBeUndefined();
  learnPrecision('x:SOL', steps(172, 0.01, 2));
  learnPrecision('x:SOL', steps(172, 1, 0));
  expect(precisionOf('x:SOL')).toBe(2);
});

it('a price stands as its exchange quotes it', () => {
  learnPrecision('x:SOLUSDT', steps(172, 0.01, 2));
  expect([priceOf(172.49, 'x', 'SOLUSDT'), priceOf(172.5, 'x', 'SOLUSDT'), priceOf(null, 'x', 'SOLUSDT')]).toEqual(['172.49', '172.50', '–']);
  expect([172.49, 172.5, 0.00654321234, 95_016.8].map(value => priceOf(value, 'x', 'NEW'))).toEqual(['172.49', '172.50', '0.0065432', '95,016.80']);
});

it('where the exchange says its tick, prices need not show it', () => {
  knowTick('x:BTC', 0.1);
  learnPrecision('x:BTC', steps(95_000, 0.01, 2));
  expect(precisionOf('x:BTC')).toBe(1);
  knowTick('x:BTC', null);
  expect(precisionOf('x:BTC')).toBe(1);
});
