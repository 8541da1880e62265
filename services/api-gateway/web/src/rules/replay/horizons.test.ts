import { expect, it } from 'vitest';
import { horizonsOf } from './horizons';

it('horizons stand in order of time', () => {
  expect(horizonsOf({ '1d': 0, '1h': 0, '4h': 0, '5m': 0, '15m': 0 })).toEqual(['5m', '15m', '1h', '4h', '1d']);
});
