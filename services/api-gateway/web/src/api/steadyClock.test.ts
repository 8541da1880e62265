import { expect, it } from 'vitest';
import { steadyClock } from './steadyClock';

it('attempts that follow each other have one time, later ones and those after the clock was put back their own', () => {
  let now = 1_000_000;
  const clock = steadyClock(() => now);
  expect(clock()).toBe(1_000_000);
  now += 119_999;
  expect(clock()).toBe(1_000_000);
  now += 1;
  expect(clock()).toBe(1_120_000);
  now = 500_000;
  expect(clock()).toBe(500_000);
});
