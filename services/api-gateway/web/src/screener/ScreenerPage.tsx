import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useCatalogue } from '../expression/useLanguage';
import { TableFeed } from '../live/TableFeed';
import { pressable, useHotkeys } from '../ui/hotkeys';
import { Empty, Problem, Skeleton } from '../ui/parts';
import { instrumentPath, navigate, usePath, useSearch } from '../ui/router';
import { settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { currentOf } from '../ui/watchlists';
import { columnOf } from './columns';
import { csv, download } from './csv';
import { FilterBar } from './FilterBar';
import { Grid } from './Grid';
import type { GridBody, GridOptions } from './GridBody';
import { leave, placeAt } from './place';
import { SideAlerts } from './SideAlerts';
import { Toolbar } from './Toolbar';
import { watch } from './watch';

export default function ScreenerPage(): ReactNode {
  const chosen = useSignal(settings);
  const { columns: names, sort } = chosen;
  const watchlist = currentOf(chosen);
  const catalogue = useCatalogue();
  const [path, query] = [usePath(), useSearch()];
  const filter = new URLSearchParams(query).get('filter') ?? '';
  const [back] = useState(() => placeAt(path + query));
  const [search, setSearch] = useState(back.search);
  const [isWatchOnly, setWatchOnly] = useState(back.isWatchOnly);
  const [shown, setShown] = useState(0);
  const body = useRef<GridBody | null>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const filterField = useRef<HTMLDivElement>(null);

  const columns = useMemo(() => {
    const byName = new Map(catalogue.map(m => [m.name, m]));
    const known = catalogue.length === 0 ? names : names.filter(name => byName.has(name));
    return (known.includes('price') ? known : ['price', ...known]).map(name => columnOf(name, byName.get(name)));
  }, [catalogue, names]);

  const wanted = columns.map(c => c.name).join(',');
  const feed = useMemo(() => new TableFeed({ columns: splitColumns(wanted), filter }), [wanted, filter]);
  useEffect(() => feed.start(), [feed]);
  const isReady = useSignal(feed.isReady);
  const error = useSignal(feed.error);

  const watched = useMemo(() => new Set(watchlist.keys), [watchlist]);
  const options = useMemo<GridOptions>(
    () => ({ sort, search, only: isWatchOnly ? watched : null, watched, onCount: setShown }), [sort, search, isWatchOnly, watched]);

  const sortBy = useCallback((name: string) => {
    const now = settings.current.sort;
    const first = name === 'symbol' ? name : `-${name}`;
    settings.change({ sort: now === first ? (first.startsWith('-') ? name : `-${name}`) : first });
  }, []);
  const filterBy = useCallback((text: string) => navigate(text === '' ? location.pathname : `${location.pathname}?filter=${encodeURIComponent(text)}`, true), []);

  // Told as it changes, for links are made before this page has gone; how far it is scrolled only the table knows, while it is there.
  const tell = (): void => leave({ address: path + query, search, isWatchOnly, active: body.current?.active ?? null, scrollTop: body.current?.scroller.scrollTop ?? 0 });
  useEffect(tell, [path, query, search, isWatchOnly]);
  const last = useRef(tell);
  last.current = tell;
  useLayoutEffect(() => () => last.current(), []);
  const isThere = useRef(false);
  useEffect(() => {
    if (shown === 0 || isThere.current || !body.current) return;
    isThere.current = true;
    body.current.active = back.active;
    body.current.scroller.scrollTop = back.scrollTop;
  }, [shown, back]);
  const open = (): void => {
    const key = body.current?.active;
    if (key) navigate(instrumentPath(...(key.split(':') as [string, string])));
  };
  const move = (by: number): void => {
    if (pressable(document.activeElement)) body.current?.scroller.focus({ preventScroll: true }); // else Enter pressed once more what was clicked before
    body.current?.move(by);
  };
  const exportCsv = (): void =>
    download('screener.csv', csv(feed.table, body.current?.rows ?? [], columns.map(c => c.name)));

  useHotkeys({
    '/': () => searchField.current?.focus(),
    f: () => filterField.current?.querySelector('textarea')?.focus(),
    ArrowDown: () => move(1), ArrowUp: () => move(-1), j: () => move(1), k: () => move(-1),
    PageDown: () => move(15), PageUp: () => move(-15), Home: () => move(-1e6), End: () => move(1e6),
    Enter: open,
    w: () => body.current?.active && watch(body.current.active),
    x: () => setWatchOnly(on => !on),
  });

  return (
    <div className="screener">
      <section className="screener-main" aria-label="Screener">
        <FilterBar filter={filter} onFilter={filterBy} fieldRef={filterField} />
        <Toolbar search={search} onSearch={setSearch} searchRef={searchField} isWatchOnly={isWatchOnly} onWatchOnly={setWatchOnly}
          shown={shown} isReady={isReady} filter={filter} onFilter={filterBy} onCsv={exportCsv} onMove={by => body.current?.move(by)} onOpen={open} />
        {error && <Problem text={error} />}
        <div className="grid-box">
          <Grid table={feed.table} columns={columns} options={options} body={body} onSort={sortBy} onWatch={watch} />
          {!isReady && !error && <div className="grid-cover"><Skeleton lines={16} /></div>}
          {isReady && shown === 0 && <NothingShown isFiltered={filter !== ''} isWatchOnly={isWatchOnly} isSearched={search !== ''} list={watchlist.name} />}
        </div>
      </section>
      <SideAlerts />
    </div>
  );
}

/** Column names hold commas themselves: change(5m),rsi(14,1h). */
export const splitColumns = (text: string): string[] => text.split(/,(?![^(]*\))/);

function NothingShown({ isFiltered, isWatchOnly, isSearched, list }: { isFiltered: boolean; isWatchOnly: boolean; isSearched: boolean; list: string }): ReactNode {
  return (
    <div className="grid-cover">
      {isSearched ? <Empty icon="search" title="No instrument has that name" />
        : isWatchOnly ? <Empty icon="star" title={`Nothing here is on the list ${list}`}>Press the star of an instrument, or <kbd>w</kbd> on a selected row.</Empty>
        : isFiltered ? <Empty icon="filter" title="Nothing matches right now">The table fills by itself as soon as an instrument meets the filter.</Empty>
        : <Empty icon="screener" title="Waiting for the first numbers" />}
    </div>
  );
}
