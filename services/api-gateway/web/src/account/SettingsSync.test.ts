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
const list = (...keys: string[]): Settings['watchlists'] => [{ name: 'Watchlist', keys }];
const choose = (part: Partial<Settings>): void => { settings.change(part); sync.chose(part); };
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  [page, isAway, writes] = [{ ...defaults, watchlists: list('x:A', 'x:B'), views: [{ name: 'mine', filter: '', columns: [], sort: '' }] }, false, 0];
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
  expect(page).toMatchObject({ utc: true, watchlists: list('x:A', 'x:B') });
  expect(settings.current).toMatchObject({ utc: true, watchlists: list('x:A', 'x:B'), views: [{ name: 'mine' }] });
});

it('what another browser chose meanwhile stays', async () => {
  sync.signedIn(account);
  await pass(0);
  page = { ...page, watchlists: list('x:C') };
  choose({ timeframe: '1h' });
  await pass(2_000);
  expect(page).toMatchObject({ timeframe: '1h', watchlists: list('x:C') });
  expect(settings.current.watchlists).toEqual(list('x:C'));
});

it('the one list that an account had before there were several is its first one here', async () => {
  page = { utc: true, watchlist: ['x:OLD'] } as Partial<Settings>;
  settings.change({ watchlists: list('x:HERE') });
  sync.signedIn(account);
  await pass(0);
  expect(settings.current.watchlists).toEqual(list('x:OLD'));
});

it('a new account takes over what was chosen before there was one, with the first choice', async () => {
  page = undefined;
  settings.change({ watchlists: list('x:Z') });
  sync.signedIn(account);
  await pass(0);
  expect([writes, settings.current.watchlists]).toEqual([0, list('x:Z')]);
  choose({ utc: true });
  await pass(2_000);
  expect(page).toMatchObject({ utc: true, watchlists: list('x:Z') });
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

/** Another browser, faster by a moment than the next one who writes. */
const outrun = (): typeof account => {
  let isFirst = true;
  return {
    ...account,
    write: async stored => {
      if (!isFirst) return account.write(stored);
      isFirst = false;
      page = { ...page, watchlists: list('x:C') };
      throw new ApiError(412, 'precondition_failed', 'read it again');
    },
  };
};

it('who was outrun by another browser keeps what that one wrote and writes again', async () => {
  sync.signedIn(outrun());
  await pass(0);
  choose({ timeframe: '1h' });
  await pass(10_000);
  expect(page).toMatchObject({ timeframe: '1h', watchlists: list('x:C') });
});

it('a choice just before the sign-out is not lost to another browser either', async () => {
  sync.signedIn(outrun());
  await pass(0);
  choose({ timeframe: '1h' });
  sync.signedOut();
  await pass(0);
  expect(page).toMatchObject({ timeframe: '1h', watchlists: list('x:C') });
});

it('what another tab puts into the browser before it is written does not undo a choice', async () => {
  sync.signedIn(account);
  await pass(0);
  choose({ watchlists: list('x:A', 'x:B', 'x:STAR') });
  settings.apply({ watchlists: list('x:A', 'x:B') }); // the other tab has read the account just before
  await pass(2_000);
  expect(page!.watchlists).toEqual(list('x:A', 'x:B', 'x:STAR'));
  expect(settings.current.watchlists).toEqual(list('x:A', 'x:B', 'x:STAR'));
});

it('after the sign-out nothing of the account is left but the theme, what was chosen just before is with it, and nothing more is written', async () => {
  page = { ...page, theme: 'light' };
  sync.signedIn(account);
  await pass(0);
  choose({ sound: true });
  sync.signedOut();
  choose({ watchlists: list('x:Q') });
  await pass(60_000);
  expect(writes).toBe(1);
  expect(page).toMatchObject({ sound: true, watchlists: list('x:A', 'x:B') });
  expect(settings.current).toEqual({ ...defaults, theme: 'light', watchlists: list('x:Q') });
});

it('a key that may not is not asked for ever, and takes nothing along when it goes', async () => {
  let asked = 0;
  settings.change({ watchlists: list('x:Z') });
  sync.signedIn({ ...account, read: async () => { asked++; throw new ApiError(403, 'forbidden', 'no'); } });
  await pass(60_000);
  sync.signedOut();
  expect(asked).toBe(1);
  expect(settings.current.watchlists).toEqual(list('x:Z'));
});
