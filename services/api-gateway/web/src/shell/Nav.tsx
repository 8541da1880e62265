import type { ReactNode } from 'react';
import { screenerAddress } from '../screener/place';
import { Icon, type IconName } from '../ui/Icon';
import { Link } from '../ui/router';
import type { PageName } from './pages';

const entries: readonly { page: PageName; to: string; icon: IconName; title: string; keys: string }[] = [
  { page: 'screener', to: '/', icon: 'screener', title: 'Screener', keys: 'g s' },
  { page: 'alerts', to: '/alerts', icon: 'alerts', title: 'Alerts', keys: 'g a' },
  { page: 'rules', to: '/rules', icon: 'rules', title: 'Rules', keys: 'g r' },
  { page: 'delivery', to: '/delivery', icon: 'delivery', title: 'Delivery', keys: 'g d' },
  { page: 'system', to: '/system', icon: 'system', title: 'System', keys: 'g y' },
  { page: 'account', to: '/account', icon: 'account', title: 'Account', keys: 'g u' },
];

export function Nav({ page }: { page: PageName }): ReactNode {
  const current = page === 'instrument' ? 'screener' : page;
  return (
    <nav className="nav" aria-label="Views">
      {entries.map(entry => (
        <Link key={entry.page} to={entry.page === 'screener' && page !== 'screener' ? screenerAddress() : entry.to} title={`${entry.title} (${entry.keys})`} aria-current={entry.page === current ? 'page' : undefined}>
          <Icon name={entry.icon} size={20} /><span>{entry.title}</span>
        </Link>
      ))}
    </nav>
  );
}
