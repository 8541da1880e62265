import { describe, expect, it } from 'vitest';
import { compact, decimalsOf, metric, percent, price } from './format';

describe('price', () => {
  it.each([
    [67_123.456, '67,123.46'], [1_000, '1,000.00'], [345.6789, '345.679'], [1.23456, '1.2346'], [0.5, '0.50000'],
    [0.0123456, '0.012346'], [0.00012345, '0.00012345'], [0.0000123456, '0.0₄1235'], [1e-11, '0.0₁₀1000'], [0, '0.00'],
    [-12.5, '−12.5000'], [123_456_789, '123,456,789.00'],
  ])('%d is %s', (value, text) => expect(price(value)).toBe(text));

  it('of nothing is a dash', () => expect([price(null), price(NaN), price(undefined), price(Infinity)]).toEqual(['–', '–', '–', '–']));

  it('keeps its decimals within a magnitude, so that a moving price does not dance', () => {
    expect(new Set([1.1, 2.25, 9.999].map(decimalsOf)).size).toBe(1);
  });
});

describe('percent', () => {
  it.each([[1.234, '+1.23%'], [-1.235, '−1.24%'], [0, '0.00%'], [-0.001, '0.00%'], [0.004, '0.00%'], [12_345, '+12.35K%']])(
    '%d is %s', (value, text) => expect(percent(value)).toBe(text));
});

describe('compact', () => {
  it.each([
    [0, '0'], [0.5, '0.500'], [12.34, '12.3'], [999, '999'], [999.99, '1.00K'], [1_234, '1.23K'], [999_999, '1.00M'], [123_456_789, '123.5M'],
    [2.5e9, '2.50B'], [7.1e12, '7.10T'], [-4_200, '−4.20K'],
  ])('%d is %s', (value, text) => expect(compact(value)).toBe(text));
});

it('a metric is shown as its unit asks', () => {
  expect(metric(55.54, 'score')).toBe('55.5');
  expect(metric(1.5, 'percent')).toBe('+1.50%');
  expect(metric(1_500_000, 'quote')).toBe('1.50M');
  expect(metric(98.6, 'rank')).toBe('99');
  expect(metric(null, 'rank')).toBe('–');
});
