import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const asked: string[] = [];
let quarters = 0;
let minutes = 0;

vi.mock('../api/http', () => ({
  get: (path: string) => {
    asked.push(path);
    const count = path.includes('timeframe=1m') ? minutes : quarters;
    return Promise.resolve({ items: Array.from({ length: count }, (_, i) => [i, 0, 0, 0, i]) });
  },
}));

beforeEach(() => { vi.resetModules(); asked.length = 0; });
afterEach(() => vi.useRealTimers());

const settle = async (): Promise<void> => { for (let i = 0; i < 10; i++) await Promise.resolve(); };

it('is drawn from minutes while there are no bars yet, the newest of them last', async () => {
  [quarters, minutes] = [1, 96];
  const { sparks } = await import('./sparks');
  sparks.want(['x:BTC'], Date.now());
  await settle();
  const closes = sparks.closes('x:BTC')!;
  expect(closes.length).toBe(48);
  expect(closes.at(-1)).toBe(95);
});

it('is asked for again soon while its history is being filled, and seldom afterwards', async () => {
  [quarters, minutes] = [12, 0];
  const { sparks } = await import('./sparks');
  const start = Date.now();
  sparks.want(['x:BTC'], start);
  await settle();
  quarters = 48;
  sparks.want(['x:BTC'], start + 30_000);
  await settle();
  expect(sparks.closes('x:BTC')!.length).toBe(48);
  sparks.want(['x:BTC'], start + 60_000);
  expect(asked.length).toBe(2);
});
