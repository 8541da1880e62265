import type { ReactNode } from 'react';
import { useSession } from '../account/session';
import { useResource } from '../api/resource';
import type { Info } from '../api/types';
import { Icon } from '../ui/Icon';
import { Link } from '../ui/router';
import { settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { theme } from '../ui/theme';
import { Connection } from './Connection';
import { MarketPulse } from './MarketPulse';

export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }): ReactNode {
  const { data: info } = useResource<Info>('/api/v1/info', 60_000);
  const { me } = useSession();
  const shade = useSignal(theme);
  return (
    <header className="topbar">
      <Link to="/" className="brand" aria-label="CryptoScreener, to the screener">
        <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
          <path className="wick" d="M9 7v18M16 4v22M23 10v15" /><rect className="down" x="6.5" y="12" width="5" height="8" rx="1.4" />
          <rect className="up" x="13.5" y="8" width="5" height="12" rx="1.4" /><rect className="up" x="20.5" y="14" width="5" height="7" rx="1.4" />
        </svg>
        <span>CryptoScreener</span>
      </Link>
      {info?.simulated && <span className="badge simulated" title="These prices come from the built-in simulator, not from a market">SIMULATED</span>}
      <MarketPulse />
      <span className="spacer" />
      <Connection />
      <button type="button" className="icon-button" aria-label="Search instruments (Ctrl K)" title="Search (Ctrl K)" onClick={onSearch}><Icon name="search" /></button>
      <button type="button" className="icon-button wide-only" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" onClick={onHelp}><Icon name="help" /></button>
      <button type="button" className="icon-button" aria-label={shade === 'dark' ? 'Light theme' : 'Dark theme'} title={shade === 'dark' ? 'Light theme' : 'Dark theme'}
        onClick={() => settings.change({ theme: shade === 'dark' ? 'light' : 'dark' })}><Icon name={shade === 'dark' ? 'sun' : 'moon'} /></button>
      <Link to="/account" className="who-am-i wide-only" title={me.anonymous ? 'Sign in' : `${me.name}, ${me.role}`}>{me.anonymous ? 'Sign in' : me.name}</Link>
    </header>
  );
}
