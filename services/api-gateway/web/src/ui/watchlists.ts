export interface Watchlist { name: string; keys: string[] }

const firstName = 'Watchlist';
interface Chosen { watchlists: Watchlist[]; list: string }

/** There is always one to put a star into. */
export const listsOf = ({ watchlists }: Pick<Chosen, 'watchlists'>): readonly Watchlist[] => (watchlists.length > 0 ? watchlists : [{ name: firstName, keys: [] }]);

/** The one that stars go to: the chosen one, else the first. */
export function currentOf(chosen: Chosen): Watchlist {
  const lists = listsOf(chosen);
  return lists.find(list => list.name === chosen.list) ?? lists[0]!;
}

/** Puts an instrument on the current list, or takes it off. */
export function toggled(chosen: Chosen, key: string): Watchlist[] {
  const current = currentOf(chosen);
  const keys = current.keys.includes(key) ? current.keys.filter(other => other !== key) : [...current.keys, key];
  return listsOf(chosen).map(list => (list === current || list.name === current.name ? { ...list, keys } : list));
}

/** Null where the name says nothing or is taken. */
export function withNew(chosen: Chosen, name: string): Chosen | null {
  const given = name.trim();
  const lists = listsOf(chosen);
  return given === '' || lists.some(list => list.name === given) ? null : { watchlists: [...lists, { name: given, keys: [] }], list: given };
}

export function renamed(chosen: Chosen, from: string, to: string): Chosen | null {
  const given = to.trim();
  const lists = listsOf(chosen);
  if (given === '' || (given !== from && lists.some(list => list.name === given))) return null;
  return { watchlists: lists.map(list => (list.name === from ? { ...list, name: given } : list)), list: currentOf(chosen).name === from ? given : chosen.list };
}

export const without = (chosen: Chosen, name: string): Chosen =>
  ({ watchlists: [...listsOf({ watchlists: listsOf(chosen).filter(list => list.name !== name) })], list: chosen.list === name ? '' : chosen.list });

export const areWatchlists = (value: unknown): value is Watchlist[] => Array.isArray(value)
  && value.every(list => typeof list?.name === 'string' && Array.isArray(list.keys) && list.keys.every((key: unknown) => typeof key === 'string'));

/** Settings of the time when there was one list without a name. */
export function migrated<T extends object>(stored: T): T {
  const { watchlists, watchlist } = stored as { watchlists?: unknown; watchlist?: unknown };
  const isOld = !(Array.isArray(watchlists) && watchlists.length > 0) && Array.isArray(watchlist) && watchlist.length > 0;
  return isOld ? { ...stored, watchlists: [{ name: firstName, keys: watchlist }] } : stored;
}
