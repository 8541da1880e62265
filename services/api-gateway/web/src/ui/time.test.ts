import { afterEach, expect, it, vi } from 'vitest';
import { settings } from './settings';
import { dateTime } from './time';

afterEach(() => { vi.useRealTimers(); settings.reset(); });

it('a day of another year says its year', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22) });
  settings.change({ utc: true });
  expect(dateTime('2026-03-04T05:06:00Z')).toMatch(/^04 Mar,? 05:06$/);
  expect(dateTime('2027-11-22T05:06:00Z')).toMatch(/^22 Nov 2027,? 05:06$/);
  expect(dateTime(null)).toBe('–');
});
