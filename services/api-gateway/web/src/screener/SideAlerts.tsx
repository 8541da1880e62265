import type { ReactNode } from 'react';
import { alertFeed } from '../live/alertFeed';
import { priceOf } from '../ui/format';
import { Link, instrumentPath } from '../ui/router';
import { useSignal } from '../ui/signal';
import { ago } from '../ui/time';
import { useNow } from '../ui/useNow';
import { ruleNames, ruleTitle } from '../rules/ruleNames';
import { baseOf } from './quote';

const shownAtMost = 60;

/** What just fired, beside the table. */
export function SideAlerts(): ReactNode {
  const alerts = useSignal(alertFeed.alerts);
  const now = useNow(5_000);
  useSignal(ruleNames.names);
  const fired = alerts.filter(a => a.state === 'fired').slice(0, shownAtMost);
  return (
    <aside className="side-alerts" aria-label="Latest alerts">
      <header><h2>Alerts</h2><Link to="/alerts" className="link">All</Link></header>
      <ul>
        {fired.map(alert => (
          <li key={alert.id} className={`side-alert ${alert.severity}`}>
            <Link to={instrumentPath(alert.exchange, alert.symbol)}>
              <span className="who"><b>{baseOf(alert.symbol)}</b><span className="num">{priceOf(alert.price, alert.exchange, alert.symbol)}</span></span>
              <span className="what"><span>{ruleTitle(alert.rule_id)}</span><time dateTime={alert.timestamp}>{ago(alert.timestamp, now)}</time></span>
            </Link>
          </li>
        ))}
        {fired.length === 0 && <li className="quiet">Nothing has fired yet. Rules are checked on every change of price.</li>}
      </ul>
    </aside>
  );
}
