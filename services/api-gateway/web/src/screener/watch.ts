import { settings } from '../ui/settings';
import { toggled } from '../ui/watchlists';

/** Puts an instrument on the watchlist that is chosen, or takes it off. */
export function watch(key: string): void {
  settings.change({ watchlists: toggled(settings.current, key) });
}
