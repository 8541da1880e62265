import { expect, it } from 'vitest';
import type { CandleRow } from '../api/types';
import { correctedAt, effect, isTimeframe, lengthOf, missing, prepend, refresh } from './bars';

const bar = (minute: number, close = minute): CandleRow => [minute * 60_000, close, close, close, close, 1, 1, 1, 1];
const times = (rows: readonly CandleRow[]): number[] => rows.map(row => row[0] / 60_000);

it('older bars come first and never twice', () => expect(times(prepend([bar(1), bar(2), bar(3)], [bar(3), bar(4)]))).toEqual([1, 2, 3, 4]));
it('a known bar is not replaced by an older page', () => expect(prepend([bar(3, 1)], [bar(3, 9)])[0]![4]).toBe(9));

it('a refresh mends a hole and keeps what is newer still', () => {
  const refreshed = (known: CandleRow[], newest: CandleRow[]): number[] => times(refresh(known, newest, 60_000)!);
  expect(refreshed([bar(1), bar(2), bar(6)], [bar(2), bar(3), bar(4), bar(5)])).toEqual([1, 2, 3, 4, 5, 6]);
  expect(refreshed([bar(1), bar(2)], [bar(3)])).toEqual([1, 2, 3]);
  expect(refreshed([], [bar(1)])).toEqual([1]);
  expect(refreshed([bar(1)], [])).toEqual([1]);
});

it('bars that do not reach what is known are no refresh', () => expect(refresh([bar(1), bar(2)], [bar(6), bar(7), bar(8)], 60_000)).toBeNull());

it('as many bars are asked for as time has passed, the half one included', () => {
  expect([0, 1, 60, 300].map(seconds => missing([bar(4)], 4 * 60_000 + seconds * 1_000, 60_000))).toEqual([2, 3, 3, 7]);
  expect(missing([bar(4)], 0, 60_000)).toBe(2); // this clock is behind
});

it('a live bar moves the last, follows it, is old or leaves a hole', () => {
  const known = [bar(1), bar(2)];
  expect([2, 3, 1, 5].map(minute => effect(known, bar(minute), 60_000))).toEqual(['moves', 'follows', 'old', 'hole']);
});

it('timeframes are what the gateway stores', () => {
  expect(['1m', '4h', '1d'].map(lengthOf)).toEqual([60_000, 14_400_000, 86_400_000]);
  expect(['1m', '2m', ''].map(isTimeframe)).toEqual([true, false, false]);
});

it('an older bar that has changed is found, and one that has not is left alone', () => {
  const known = [bar(1), bar(2), bar(3)];
  expect([bar(2, 9), bar(2), bar(0), bar(7)].map(row => correctedAt(known, row))).toEqual([1, -1, -1, -1]);
});
