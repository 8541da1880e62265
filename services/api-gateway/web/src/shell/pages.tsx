import { lazy, type ReactNode } from 'react';
import ScreenerPage from '../screener/ScreenerPage';
import { Empty } from '../ui/parts';
import { Link } from '../ui/router';

const InstrumentPage = lazy(() => import('../instrument/InstrumentPage'));
const AlertsPage = lazy(() => import('../alerts/AlertsPage'));
const RulesPage = lazy(() => import('../rules/RulesPage'));
const DeliveryPage = lazy(() => import('../delivery/DeliveryPage'));
const SystemPage = lazy(() => import('../system/SystemPage'));
const AccountPage = lazy(() => import('../account/AccountPage'));

export type PageName = 'screener' | 'instrument' | 'alerts' | 'rules' | 'delivery' | 'system' | 'account' | 'none';
export interface Page { name: PageName; title: string; render: () => ReactNode }

/** Which view an address shows. The gateway answers these addresses with the page (services/api-gateway/Page). */
export function pageOf(path: string): Page {
  const [first = '', ...rest] = path.split('/').filter(Boolean).map(textOf);
  switch (first) {
    case '': case 'screener': return { name: 'screener', title: 'Screener', render: () => <ScreenerPage /> };
    case 'instrument': {
      const [exchange = '', symbol = ''] = rest;
      return { name: 'instrument', title: symbol, render: () => <InstrumentPage key={`${exchange}:${symbol}`} exchange={exchange} symbol={symbol} /> };
    }
    case 'alerts': return { name: 'alerts', title: 'Alerts', render: () => <AlertsPage /> };
    case 'rules': return { name: 'rules', title: 'Rules', render: () => <RulesPage id={rest[0] ?? null} part={rest[1] ?? null} /> };
    case 'delivery': return { name: 'delivery', title: 'Delivery', render: () => <DeliveryPage /> };
    case 'system': return { name: 'system', title: 'System', render: () => <SystemPage /> };
    case 'account': return { name: 'account', title: 'Account', render: () => <AccountPage /> };
    default: return { name: 'none', title: 'Not found', render: () => <Empty icon="search" title="There is no such page"><Link to="/" className="link">To the screener</Link></Empty> };
  }
}

/** An address that nobody can decode is one that is not there, not the end of the page. */
function textOf(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
