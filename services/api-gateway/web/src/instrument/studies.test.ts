import { expect, it } from 'vitest';
import type { CandleRow } from '../api/types';
import { studyOf } from './studies';

const rows = (...closes: number[]): CandleRow[] => closes.map((close, i) => [i * 60_000, close, close, close, close, 1, 1, 1, 1]);
const of = (name: string, ...closes: number[]): (number | null)[] =>
  [...studyOf(name, '1m')!(rows(...closes))].map(value => (Number.isNaN(value) ? null : Math.round(value * 1e6) / 1e6));

it('a simple average needs its whole length', () => expect(of('sma(3,1m)', 1, 2, 3, 4)).toEqual([null, null, 2, 3]));
it('an exponential average begins with the simple one', () => expect(of('ema(3,1m)', 1, 2, 3, 5)).toEqual([null, null, 2, 3.5]));
it('bands stand the deviations away', () => expect(of('bb_upper(2,2,1m)', 1, 3)).toEqual([null, 4]));
it('the lower band mirrors the upper', () => expect(of('bb_lower(2,2,1m)', 1, 3)).toEqual([null, 0]));
it('what only rises has a strength of 100', () => expect(of('rsi(2,1m)', 1, 2, 3)).toEqual([null, null, 100]));
it('what does not move is in the middle', () => expect(of('rsi(2,1m)', 1, 1, 1)).toEqual([null, null, 50]));
it('other timeframes and other metrics are the history’s', () => {
  expect(studyOf('ema(21,5m)', '1m')).toBeNull();
  expect(studyOf('obv(1m)', '1m')).toBeNull();
  expect(studyOf('price', '1m')).toBeNull();
});
