import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../api/problem';
import { reloadSession, startSession } from './session';
import { token } from './token';

let asked = 0;
let status = 401;
vi.mock('../api/http', () => ({ get: async () => { asked++; if (status !== 200) throw new ApiError(status, 'no', 'no'); return {}; } }));

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeAll(() => startSession());
beforeEach(() => { vi.useFakeTimers(); [asked, status] = [0, 401]; });
afterEach(() => { token.set(null); vi.useRealTimers(); });

it('a refused key is asked about ever less often, however often the socket hears the same', async () => {
  token.set('wrong');
  await pass(0);
  for (let connection = 0; connection < 10; connection++) reloadSession();
  await pass(5_000);
  expect(asked).toBe(2);
  await pass(70_000);
  expect(asked).toBe(5); // after 5, 15, 35 and 75 s
  await pass(600_000);
  expect(asked).toBe(15);
});

it('a gateway that is away is asked every five seconds, by one who asks', async () => {
  status = 503;
  token.set('right');
  reloadSession();
  await pass(20_000);
  expect(asked).toBe(5);
  status = 200;
  await pass(60_000);
  expect(asked).toBe(6);
});

it('another key is asked about at once, and the one before no more', async () => {
  token.set('wrong');
  await pass(35_000);
  asked = 0;
  token.set('another');
  await pass(5_000);
  expect(asked).toBe(2);
});

it('a key that was good and is not any more is asked about when the socket hears of it', async () => {
  status = 200;
  token.set('revoked');
  await pass(0);
  status = 401;
  reloadSession();
  await pass(0);
  expect(asked).toBe(2);
});
