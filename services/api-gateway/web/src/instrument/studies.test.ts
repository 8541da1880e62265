import { expect, it } from 'vitest';
import type { CandleRow } from '../api/types';
import { paneKey, retime } from './overlays';
import { ownStudy, reachOf, studyOf } from './studies';

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

it('a length of the reader\'s own is drawn from the bars, follows the timeframe and lies where its kind does', () => {
  expect([ownStudy('ema', '37', '5m'), ownStudy('ema', '1', '5m'), ownStudy('rsi', 'x', '5m'), ownStudy('sma', '501', '1d')]).toEqual(['ema(37,5m)', null, null, null]);
  expect(studyOf('ema(37,5m)', '5m')).not.toBeNull();
  expect(retime('ema(37,5m)', '5m', '4h', new Set())).toBe('ema(37,4h)');
  expect([paneKey(undefined, 'ema(37,5m)'), paneKey(undefined, 'rsi(9,5m)')]).toEqual(['price', 'rsi']);
});

it('what is not made of the bars says how far it reaches', () => expect([reachOf('adx(14,4h)', '4h'), reachOf('ema(21,4h)', '4h'), reachOf('ema(21,5m)', '4h')]).toEqual(['last 2 days', '', 'last 2 days']));
