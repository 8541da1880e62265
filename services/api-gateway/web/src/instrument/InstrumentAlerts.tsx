import type { ReactNode } from 'react';
import type { Alert } from '../api/types';
import { ruleTitle } from '../rules/ruleNames';
import { priceOf } from '../ui/format';
import { SeverityBadge } from '../ui/parts';
import { ago } from '../ui/time';
import { useNow } from '../ui/useNow';

const shownAtMost = 100;

export function InstrumentAlerts({ alerts, picked, onPick }: { alerts: readonly Alert[]; picked: string | null; onPick: (alert: Alert) => void }): ReactNode {
  const now = useNow(5_000);
  const fired = alerts.filter(alert => alert.state === 'fired').slice(0, shownAtMost);
  if (fired.length === 0) return <p className="quiet">Nothing has fired here yet.</p>;
  return (
    <ul className="instrument-alerts">
      {fired.map(alert => (
        <li key={alert.id}>
          <button type="button" aria-current={alert.id === picked} onClick={() => onPick(alert)} title="Show it in the chart">
            <SeverityBadge severity={alert.severity} /><span>{ruleTitle(alert.rule_id)}</span>
            <span className="num">{priceOf(alert.price, alert.exchange, alert.symbol)}</span><time dateTime={alert.timestamp} className="dim">{ago(alert.timestamp, now)}</time>
          </button>
        </li>
      ))}
    </ul>
  );
}
