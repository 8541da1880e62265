import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CandlePage, CandleRow } from '../api/types';
import type { Handlers } from '../live/subscription';
import { BarFeed } from './BarFeed';

const minute = 60_000;
const asked: { limit: number; cursor: string | null; answer: (page: CandlePage) => Promise<void>; fail: () => Promise<void> }[] = [];
let handlers: Handlers;
const drawn: number[][] = [];

vi.mock('../live/socket', () => ({ socket: { subscribe: (_: string, __: unknown, given: Handlers) => { handlers = given; return () => undefined; } } }));
vi.mock('../api/http', () => ({
  query: (values: Record<string, unknown>) => JSON.stringify(values),
  get: (path: string) => new Promise((done, failed) => {
    const { limit, cursor } = JSON.parse(path.slice(path.indexOf('{')));
    const settle = async (what: () => void): Promise<void> => { what(); await vi.advanceTimersByTimeAsync(0); };
    asked.push({ limit, cursor, answer: page => settle(() => done(page)), fail: () => settle(() => failed(new Error('away'))) });
  }),
}));

const bar = (at: number, close = at): CandleRow => [at * minute, close, close, close, close, 1, 1, 1, 1];
const page = (from: number, to: number, next: string | null = null): CandlePage => ({ items: Array.from({ length: to - from + 1 }, (_, i) => bar(from + i)), next });
const times = (feed: BarFeed): number[] => feed.rows.map(row => row[0] / minute);
const snapshot = (...bars: CandleRow[]): void => handlers.snapshot!({ candles: bars });

/** A feed that follows the market since minute 10. */
async function following(): Promise<BarFeed> {
  const feed = new BarFeed('x', 'BTCUSDT', '1m');
  vi.setSystemTime(10 * minute);
  feed.start({ whole: rows => drawn.push(rows.map(row => row[0] / minute)), bar: () => undefined });
  handlers.accepted!({});
  await asked[0]!.answer(page(1, 10, 'older'));
  snapshot(bar(9), bar(10));
  return feed;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', { hidden: false });
  asked.length = drawn.length = 0;
});
afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers(); });

it('bars that a lost connection left half made are asked for again, though the next ones follow them', async () => {
  const feed = await following();
  handlers.update({ candle: bar(10, 3) });
  handlers.lost!();
  vi.setSystemTime(12 * minute);
  handlers.accepted!({});
  snapshot(bar(11), bar(12));
  expect(asked.length).toBe(2);
  await asked[1]!.answer(page(12 - asked[1]!.limit + 1, 12));
  expect(times(feed)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(feed.rows[9]![4]).toBe(10);
});

it('after five minutes without the gateway the first answer brings all five', async () => {
  const feed = await following();
  handlers.lost!();
  vi.setSystemTime(15 * minute);
  await vi.advanceTimersByTimeAsync(2_000);
  await asked[1]!.fail();
  await vi.advanceTimersByTimeAsync(2_000);
  await asked[2]!.answer(page(15 - asked[2]!.limit + 1, 15));
  expect(times(feed)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
});

it('bars that were missed are asked for until an answer brings them, though the socket gives the next ones', async () => {
  const feed = await following();
  handlers.lost!();
  vi.setSystemTime(11 * minute);
  handlers.accepted!({});
  snapshot(bar(10, 3), bar(11));
  await asked[1]!.fail();
  await vi.advanceTimersByTimeAsync(2_000);
  await asked[2]!.answer(page(8, 11));
  expect([feed.rows[9]![4], feed.error.current]).toEqual([10, null]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked.length).toBe(3);
});

it('away for longer than a page, it begins anew and older pages follow the new one', async () => {
  const feed = await following();
  const older = feed.older();
  handlers.lost!();
  vi.setSystemTime(20_000 * minute);
  handlers.accepted!({});
  expect(asked[2]!.limit).toBe(5_000);
  await asked[2]!.answer(page(19_990, 20_000, 'before 19990'));
  await asked[1]!.answer(page(-5, 0)); // asked for before: it belongs to bars that are gone
  await older;
  expect(times(feed)[0]).toBe(19_990);
  void feed.older();
  expect(asked[3]!.cursor).toBe('before 19990');
});

it('a hole is asked about once, not with every change of price', async () => {
  await following();
  vi.setSystemTime(13 * minute);
  for (let i = 0; i < 20; i++) handlers.update({ candle: bar(13, i) });
  expect(asked.length).toBe(2);
  await asked[1]!.answer(page(8, 10)); // the gateway has stored no more yet
  for (let i = 0; i < 20; i++) handlers.update({ candle: bar(13, i) });
  expect(asked.length).toBe(2);
  await vi.advanceTimersByTimeAsync(2_000);
  handlers.update({ candle: bar(13) });
  expect(asked.length).toBe(3);
});

it('while the socket does not give it the bars it asks every two seconds, and no longer', async () => {
  const feed = new BarFeed('x', 'BTCUSDT', '1m');
  vi.setSystemTime(10 * minute);
  feed.start({ whole: () => undefined, bar: () => undefined });
  await asked[0]!.answer(page(1, 10));
  await vi.advanceTimersByTimeAsync(2_000);
  await asked[1]!.answer(page(8, 10)); // refused so far, say because the gateway does not know the instrument yet
  handlers.accepted!({});
  await asked[2]!.answer(page(8, 10)); // what came in between
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked.length).toBe(3);
});

it('where nothing trades any more it asks for a few bars again and again, and for all when they come at last', async () => {
  const feed = new BarFeed('x', 'GONE', '1m');
  vi.setSystemTime(9_000 * minute);
  feed.start({ whole: () => undefined, bar: () => undefined });
  await asked[0]!.answer(page(1, 10));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked[1]!.limit).toBe(3);
  await asked[1]!.answer(page(8, 10));
  await vi.advanceTimersByTimeAsync(2_000);
  await asked[2]!.answer(page(8_998, 9_000));
  expect(asked[3]!.limit).toBe(5_000);
  await asked[3]!.answer(page(4_001, 9_000, 'before 4001'));
  expect([times(feed)[0], times(feed).at(-1)]).toEqual([4_001, 9_000]);
});
