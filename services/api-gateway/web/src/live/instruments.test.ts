import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { token } from '../account/token';
import { ApiError } from '../api/problem';
import type { Instrument } from '../api/types';
import { priceOf } from '../ui/format';
import { Instruments } from './instruments';

const asked: { answer: (found: Partial<Instrument>[]) => Promise<void>; fail: (status: number) => Promise<void> }[] = [];
vi.mock('../api/http', () => ({
  get: () => new Promise((done, failed) => {
    const settle = async (what: () => void): Promise<void> => { what(); await vi.advanceTimersByTimeAsync(0); };
    asked.push({ answer: found => settle(() => done(found)), fail: status => settle(() => failed(new ApiError(status, 'no', 'no'))) });
  }),
}));

const bitcoin = { exchange: 'x', symbol: 'BTCUSDT', tick_size: 0.1 };

function started(): Instruments {
  const made = new Instruments();
  made.start();
  return made;
}

beforeEach(() => { vi.useFakeTimers(); asked.length = 0; });
afterEach(() => vi.useRealTimers());

it('a price waits for the tick of its exchange, and has its decimals at once', async () => {
  const instruments = started();
  expect(instruments.isSettled.current).toBe(false);
  await asked[0]!.answer([bitcoin]);
  expect([instruments.isSettled.current, priceOf(94_046.5, 'x', 'BTCUSDT')]).toEqual([true, '94,046.5']);
  expect(instruments.find('x', 'BTCUSDT')).toBe(bitcoin);
  expect(instruments.find('y', 'BTCUSDT')).toBeUndefined();
});

it('where no list comes prices are shown all the same', async () => {
  const [slow, failing] = [started(), started()];
  await asked[1]!.fail(503);
  expect([slow.isSettled.current, failing.isSettled.current]).toEqual([false, true]);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(slow.isSettled.current).toBe(true);
});

it('a list that failed, is empty or grows old is asked for again; one that is refused only for another account', async () => {
  started();
  await asked[0]!.fail(503);
  await vi.advanceTimersByTimeAsync(5_000);
  await asked[1]!.answer([]);
  await vi.advanceTimersByTimeAsync(5_000);
  await asked[2]!.answer([bitcoin]);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  await asked[3]!.fail(401);
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(asked.length).toBe(4);
  token.set('another');
  expect(asked.length).toBeGreaterThan(4);
  token.set(null);
});
