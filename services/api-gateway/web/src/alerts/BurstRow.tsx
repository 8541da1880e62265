import type { ReactNode } from 'react';
import { ruleTitle } from '../rules/ruleNames';
import { baseOf } from '../screener/quote';
import { Icon } from '../ui/Icon';
import { SeverityBadge } from '../ui/parts';
import { ago, clock, dateTime } from '../ui/time';
import { newestOf, severityOf, type Burst } from './bursts';

const named = 12;

interface Props { burst: Burst; ruleNames: ReadonlyMap<string, string>; now: number; isOpen: boolean; onToggle: (group: string) => void; children: ReactNode }

/** Many alerts of one rule in one minute, as one row that opens. */
export function BurstRow({ burst, ruleNames, now, isOpen, onToggle, children }: Props): ReactNode {
  const newest = newestOf(burst);
  const severity = severityOf(burst);
  const title = ruleNames.get(newest.rule_id) ?? ruleTitle(newest.rule_id);
  const symbols = [...new Set(burst.alerts.map(alert => baseOf(alert.symbol)))];
  const taken = burst.alerts.filter(alert => alert.acknowledged_at).length;
  return (
    <li data-burst={burst.group} className={`alert-burst ${severity}`}>
      <div className="alert-line">
        <button type="button" className="alert-open" aria-expanded={isOpen} aria-label={`${burst.alerts.length} alerts of ${title}, ${severity}: show each`} onClick={() => onToggle(burst.group)}>
          <Icon name="down" size={14} />
        </button>
        <time dateTime={newest.timestamp} title={dateTime(newest.timestamp)}><b className="num">{clock(newest.timestamp)}</b><small>{ago(newest.timestamp, now)}</small></time>
        <span className="alert-symbol"><b>{burst.alerts.length} alerts</b><small>{taken > 0 ? `${taken} taken over` : 'at once'}</small></span>
        <span />
        <span className="alert-rule"><SeverityBadge severity={severity} /><span>{title}</span></span>
        <ul className="reasons" aria-label="Instruments">
          {symbols.slice(0, named).map(symbol => <li key={symbol}><b>{symbol}</b></li>)}
          {symbols.length > named && <li className="dim">+{symbols.length - named}</li>}
        </ul>
        <span />
      </div>
      {isOpen && <ol aria-label={`The alerts of ${title}`}>{children}</ol>}
    </li>
  );
}
