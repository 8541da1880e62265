import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../api/problem';
import { defaults, settings, type Settings } from '../ui/settings';
import { SettingsSync } from './SettingsSync';

let page: Partial<Settings> | undefined;
let isAway = false;
let writes = 0;
let sync: SettingsSync;
const account = {
  read: async () => { if (isAway) throw new ApiError(503, 'not_ready', 'away'); return { other: 1, ...(page ? { page } : {}) }; },
  write: async (stored: { page?: Partial<Settings> }) => { if (isAway) throw new ApiError(0, 'unreachable', 'away'); writes++; page = stored.page; },
};
const choose = (part: Partial<Settings>): void => { settings.change(part); sync.chose(part); };
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  [page, isAway, writes] = [{ ...defaults, watchlist: ['x:A', 'x:B'], views: [{ name: 'mine', filter: '', columns: [], sort: '' }] }, false, 0];
  settings.reset();
  sync = new SettingsSync();
});
afterEach(() => vi.useRealTimers());

it('an account whose choices could not be read is not overwritten', async () => {
  isAway = true;
  sync.signedIn(account);
  await pass(0);
  choose({ utc: true });
  await pass(60_000);
  expect(writes).toBe(0);
  isAway = false;
  await pass(10_000);
  expect(page).toMatchObject({ utc: true, watchlist: ['x:A', 'x:B'] });
  expect(settings.current).toMatchObject({ utc: true, watchlist: ['x:A', 'x:B'], views: [{ name: 'mine' }] });
});

it('what another browser chose meanwhile stays', async () => {
  sync.signedIn(account);
  await pass(0);
  page = { ...page, watchlist: ['x:C'] };
  choose({ timeframe: '1h' });
  await pass(2_000);
  expect(page).toMatchObject({ timeframe: '1h', watchlist: ['x:C'] });
  expect(settings.current.watchlist).toEqual(['x:C']);
});

it('a new account takes over what was chosen before there was one, with the first choice', async () => {
  page = undefined;
  settings.change({ watchlist: ['x:Z'] });
  sync.signedIn(account);
  await pass(0);
  expect([writes, settings.current.watchlist]).toEqual([0, ['x:Z']]);
  choose({ utc: true });
  await pass(2_000);
  expect(page).toMatchObject({ utc: true, watchlist: ['x:Z'] });
});

it('what is chosen while an answer is on its way is written too', async () => {
  sync.signedIn(account);
  await pass(0);
  choose({ utc: true });
  await pass(1_499);
  choose({ sound: true });
  await pass(2_000);
  expect([page, writes]).toMatchObject([{ utc: true, sound: true }, 1]);
});

it('what another tab puts into the browser before it is written does not undo a choice', async () => {
  sync.signedIn(account);
  await pass(0);
  choose({ watchlist: ['x:A', 'x:B', 'x:STAR'] });
  settings.apply({ watchlist: ['x:A', 'x:B'] }); // the other tab has read the account just before
  await pass(2_000);
  expect(page!.watchlist).toEqual(['x:A', 'x:B', 'x:STAR']);
  expect(settings.current.watchlist).toEqual(['x:A', 'x:B', 'x:STAR']);
});

it('after the sign-out nothing of the account is left but the theme, what was chosen just before is with it, and nothing more is written', async () => {
  page = { ...page, theme: 'light' };
  sync.signedIn(account);
  await pass(0);
  choose({ sound: true });
  sync.signedOut();
  choose({ watchlist: ['x:Q'] });
  await pass(60_000);
  expect(writes).toBe(1);
  expect(page).toMatchObject({ sound: true, watchlist: ['x:A', 'x:B'] });
  expect(settings.current).toEqual({ ...defaults, theme: 'light', watchlist: ['x:Q'] });
});

it('a key that may not is not asked for ever, and takes nothing along when it goes', async () => {
  let asked = 0;
  settings.change({ watchlist: ['x:Z'] });
  sync.signedIn({ ...account, read: async () => { asked++; throw new ApiError(403, 'forbidden', 'no'); } });
  await pass(60_000);
  sync.signedOut();
  expect(asked).toBe(1);
  expect(settings.current.watchlist).toEqual(['x:Z']);
});
