import { Signal } from './signal';
import { areWatchlists, migrated, type Watchlist } from './watchlists';

export interface View { name: string; filter: string; columns: string[]; sort: string }

export interface Settings {
  theme: 'system' | 'dark' | 'light';
  utc: boolean;
  columns: string[];
  sort: string;
  views: View[];
  watchlists: Watchlist[];
  /** The one that is looked at and gets the stars; '' is the first. */
  list: string;
  sound: boolean;
  notifications: boolean;
  indicators: string[];
  timeframe: string;
}

export const defaultColumns = [
  'price', 'change(5m)', 'change(1h)', 'change(1d)', 'volume(1d)', 'volume_ratio(15m)', 'rsi(14,1h)', 'natr(14,1h)', 'taker_share(1h)', 'rank_change(1h)',
];

export const defaults: Settings = {
  theme: 'system', utc: false, columns: defaultColumns, sort: '-volume(1d)', views: [], watchlists: [], list: '',
  sound: false, notifications: false, indicators: ['ema(21,5m)'], timeframe: '5m',
};

const key = 'screener.settings';

/** What a person chose. Kept in the browser, and with the account while signed in (see account/sync.ts). */
export const settings = new (class extends Signal<Settings> {
  readonly #choices = new Set<(part: Partial<Settings>) => void>();

  constructor() {
    super(read());
    if (typeof addEventListener === 'function') addEventListener('storage', event => { if (event.key === key) this.set(read()); }); // another tab
  }

  change(part: Partial<Settings>): void {
    this.apply(part);
    this.#choices.forEach(tell => tell(part));
  }

  /** What was chosen elsewhere: nobody has to be told. */
  apply(part: Partial<Settings>): void {
    this.set({ ...this.current, ...part });
    try {
      localStorage.setItem(key, JSON.stringify(this.current));
    } catch {
      // a full or forbidden storage loses the choice at the next visit, nothing else
    }
  }

  /** All but the theme: the eyes stay the same. */
  reset(): void { this.apply({ ...defaults, theme: this.current.theme }); }

  /** Calls back for what is chosen in this tab. */
  onChoice(listener: (part: Partial<Settings>) => void): () => void {
    this.#choices.add(listener);
    return () => this.#choices.delete(listener);
  }
})();

function read(): Settings {
  try {
    return sane(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    return defaults;
  }
}

/** Settings of an older page or a strange hand: what does not fit is replaced by the default. */
export function sane(stored: unknown): Settings {
  if (typeof stored !== 'object' || stored === null) return defaults;
  const given = migrated(stored) as Record<string, unknown>;
  const known = Object.entries(defaults).map(([name, usual]) => {
    const value = given[name];
    const fits = typeof value === typeof usual && Array.isArray(value) === Array.isArray(usual) && (name !== 'watchlists' || areWatchlists(value));
    return [name, fits ? value : usual];
  });
  return Object.fromEntries(known) as Settings;
}
