import { useMemo, type ReactNode } from 'react';
import { alertFeed } from '../live/alertFeed';
import { priceOf } from '../ui/format';
import { Link, instrumentPath } from '../ui/router';
import { useSignal } from '../ui/signal';
import { ago } from '../ui/time';
import { useNow } from '../ui/useNow';
import { ruleNames, ruleTitle } from '../rules/ruleNames';
import { SeverityBadge } from '../ui/parts';
import { linesOf } from './latest';
import { baseOf } from './quote';

const lookedAt = 200;
const shownAtMost = 60;

/** What just fired, beside the table. */
export function SideAlerts(): ReactNode {
  const alerts = useSignal(alertFeed.alerts);
  const isReady = useSignal(alertFeed.isReady);
  const error = useSignal(alertFeed.error);
  const now = useNow(5_000);
  useSignal(ruleNames.names);
  const fired = useMemo(() => linesOf(alerts.filter(a => a.state === 'fired').slice(0, lookedAt)).slice(0, shownAtMost), [alerts]);
  return (
    <aside className="side-alerts" aria-label="Latest alerts">
      <header><h2>Alerts</h2><Link to="/alerts" className="link">All</Link></header>
      <ul>
        {fired.map(({ newest: alert, count, instruments, severity }) => (
          <li key={alert.id} className={`side-alert ${severity}`}>
            <Link to={instruments > 1 ? '/alerts' : instrumentPath(alert.exchange, alert.symbol)}>
              <span className="who"><b>{instruments > 1 ? `${instruments} instruments` : baseOf(alert.symbol)}</b>{severity !== 'info' && <SeverityBadge severity={severity} />}{instruments === 1 && <span className="num">{priceOf(alert.price, alert.exchange, alert.symbol)}</span>}</span>
              <span className="what"><span>{ruleTitle(alert.rule_id)}{instruments === 1 && count > 1 && <b title={`Fired ${count} times lately`}> ×{count}</b>}</span><time dateTime={alert.timestamp}>{ago(alert.timestamp, now)}</time></span>
            </Link>
          </li>
        ))}
        {fired.length === 0 && (isReady || error) && <li className="quiet">{isReady ? 'Nothing has fired yet. Rules are checked on every change of price.' : error}</li>}
      </ul>
    </aside>
  );
}
