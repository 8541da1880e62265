import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hearTime, serverNow } from './serverTime';

const noon = Date.UTC(2026, 0, 31, 12);
beforeEach(() => { vi.useFakeTimers({ now: noon + 300_000 }); });
afterEach(() => vi.useRealTimers());

it('a clock that is five minutes fast does not matter once an answer has come', () => {
  expect(serverNow()).toBe(noon + 300_000);
  hearTime(new Date(noon).toUTCString());
  vi.advanceTimersByTime(2_000);
  expect(serverNow()).toBe(noon + 2_000);
});

it('an answer without a time, as a proxy may give, changes nothing', () => {
  hearTime(new Date(noon).toUTCString());
  hearTime(null);
  expect(serverNow()).toBe(noon);
});
