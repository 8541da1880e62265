import type { ReactNode } from 'react';
import type { Alert } from '../api/types';
import { ruleTitle } from '../rules/ruleNames';
import { priceOf } from '../ui/format';
import { Problem, SeverityBadge, Skeleton } from '../ui/parts';
import { ago } from '../ui/time';
import { useNow } from '../ui/useNow';
import type { InstrumentAlertList } from './useInstrumentAlerts';

const shownAtMost = 100;

interface Props { list: InstrumentAlertList; picked: string | null; onPick: (alert: Alert) => void }

export function InstrumentAlerts({ list: { alerts, isReady, error }, picked, onPick }: Props): ReactNode {
  const now = useNow(5_000);
  const fired = alerts.filter(alert => alert.state === 'fired').slice(0, shownAtMost);
  if (fired.length === 0 && !isReady) return error ? <Problem text={error} /> : <Skeleton lines={5} />;
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
