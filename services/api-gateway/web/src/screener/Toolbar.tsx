import { useState, type ReactNode, type RefObject } from 'react';
import { Icon } from '../ui/Icon';
import { settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { ColumnDialog } from './ColumnDialog';
import { currentOf } from '../ui/watchlists';
import { Views } from './Views';
import { WatchlistDialog } from './WatchlistDialog';

interface Props {
  search: string; onSearch: (text: string) => void; searchRef: RefObject<HTMLInputElement | null>;
  isWatchOnly: boolean; onWatchOnly: (on: boolean) => void;
  shown: number; isReady: boolean; filter: string; onFilter: (filter: string) => void; onCsv: () => void;
  onMove: (by: number) => void; onOpen: () => void;
}

export function Toolbar(props: Props): ReactNode {
  const watchlist = currentOf(useSignal(settings));
  const [isListing, setListing] = useState(false);
  const [isChoosing, setChoosing] = useState(false);
  return (
    <div className="toolbar">
      <label className="search">
        <Icon name="search" size={15} />
        <input ref={props.searchRef} type="search" placeholder="Find an instrument" aria-label="Find an instrument" value={props.search}
          onChange={event => props.onSearch(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Escape') { props.onSearch(''); event.currentTarget.blur(); }
            else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); props.onMove(event.key === 'ArrowDown' ? 1 : -1); }
            else if (event.key === 'Enter') { props.onMove(0); props.onOpen(); }
          }} />
        <kbd aria-hidden="true">/</kbd>
      </label>
      <span className="chip-pair">
        <button type="button" className="chip" aria-pressed={props.isWatchOnly} title="Only this watchlist (x)" onClick={() => props.onWatchOnly(!props.isWatchOnly)}>
          <Icon name="star" size={14} filled={props.isWatchOnly} />{watchlist.name}{watchlist.keys.length > 0 && <span className="count">{watchlist.keys.length}</span>}
        </button>
        <button type="button" className="chip-close" aria-label="Watchlists: choose, make, rename" title="Watchlists" aria-haspopup="dialog" onClick={() => setListing(true)}><Icon name="down" size={12} /></button>
      </span>
      <Views filter={props.filter} onFilter={props.onFilter} />
      <span className="spacer" />
      <span className="shown" aria-live="polite">{props.isReady ? `${props.shown} instrument${props.shown === 1 ? '' : 's'}` : 'Loading'}</span>
      <button type="button" className="button small ghost" aria-label="Columns" onClick={() => setChoosing(true)}><Icon name="columns" size={15} /><span className="label">Columns</span></button>
      <button type="button" className="button small ghost" onClick={props.onCsv} aria-label="CSV" title="Download what the table shows as CSV"><Icon name="download" size={15} /><span className="label">CSV</span></button>
      {isListing && <WatchlistDialog onShow={() => props.onWatchOnly(true)} onClose={() => setListing(false)} />}
      {isChoosing && <ColumnDialog onClose={() => setChoosing(false)} />}
    </div>
  );
}
