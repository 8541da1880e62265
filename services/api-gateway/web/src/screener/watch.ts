import { settings } from '../ui/settings';

/** Puts an instrument on the watchlist, or takes it off. */
export function watch(key: string): void {
  const { watchlist } = settings.current;
  settings.change({ watchlist: watchlist.includes(key) ? watchlist.filter(other => other !== key) : [...watchlist, key] });
}
