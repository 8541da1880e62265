import { expect, it } from 'vitest';
import { ageText } from './age';

it('a minute is current until two more have passed, then it has an age', () => {
  const seconds = [0, 150, 151, 300, 3_599, 7_200, 86_400 * 3];
  expect(seconds.map(s => ageText(0, s * 1_000))).toEqual(['', '', '3m old', '5m old', '1h old', '2h old', '3d old']);
});
