import { expect, it } from 'vitest';
import { defaults, sane } from './settings';
import { currentOf, renamed, toggled, withNew, without } from './watchlists';

const none = { watchlists: [], list: '' };
const two = { watchlists: [{ name: 'Majors', keys: ['x:BTC'] }, { name: 'Memes', keys: ['x:DOGE'] }], list: 'Memes' };

it('there is a list before anybody made one', () => {
  expect(currentOf(none)).toEqual({ name: 'Watchlist', keys: [] });
  expect(toggled(none, 'x:BTC')).toEqual([{ name: 'Watchlist', keys: ['x:BTC'] }]);
});

it('a star goes to the chosen list alone, and comes off again', () => {
  const starred = toggled(two, 'x:BTC');
  expect(starred.map(list => list.keys)).toEqual([['x:BTC'], ['x:DOGE', 'x:BTC']]);
  expect(toggled({ ...two, watchlists: starred }, 'x:BTC')).toEqual(two.watchlists);
});

it('a new list is chosen, and no two have one name', () => {
  expect(withNew(two, ' Alts ')).toMatchObject({ watchlists: [{ name: 'Majors' }, { name: 'Memes' }, { name: 'Alts', keys: [] }], list: 'Alts' });
  expect([withNew(two, 'Memes'), withNew(two, ' '), renamed(two, 'Memes', 'Majors')]).toEqual([null, null, null]);
});

it('a renamed list stays chosen; a deleted one makes room for the first', () => {
  expect(currentOf(renamed(two, 'Memes', 'Dogs')!)).toEqual({ name: 'Dogs', keys: ['x:DOGE'] });
  expect(currentOf(without(two, 'Memes')).name).toBe('Majors');
  expect(without(without(two, 'Memes'), 'Majors').watchlists).toEqual([{ name: 'Watchlist', keys: [] }]);
});

it('the one list of former settings is the first of the new ones, and does not come back when it was emptied', () => {
  expect(sane({ watchlist: ['x:A'] }).watchlists).toEqual([{ name: 'Watchlist', keys: ['x:A'] }]);
  expect(sane({ watchlist: ['x:A'], watchlists: [{ name: 'Watchlist', keys: [] }] }).watchlists).toEqual([{ name: 'Watchlist', keys: [] }]);
  expect(sane({ watchlists: [{ name: 1 }] })).toEqual(defaults);
});
