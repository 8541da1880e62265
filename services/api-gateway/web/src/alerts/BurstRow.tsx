import type { ReactNode } from 'react';
import type { Alert } from '../api/types';
import { ruleTitle } from '../rules/ruleNames';
import { baseOf } from '../screener/quote';
import { useBusy } from '../ui/busy';
import { Icon } from '../ui/Icon';
import { SeverityBadge } from '../ui/parts';
import { ago, clock, dateTime } from '../ui/time';
import { newestOf, severityOf, type Burst } from './bursts';

const named = 12;

interface Props {
  burst: Burst; ruleNames: ReadonlyMap<string, string>; now: number; isOpen: boolean; mayAct: boolean;
  onToggle: (group: string) => void; onTake: (alerts: readonly Alert[]) => Promise<void>; onSilence: (newest: Alert) => void; children: ReactNode;
}

/** Many alerts of one rule in one minute, as one row that opens. */
export function BurstRow({ burst, ruleNames, now, isOpen, mayAct, onToggle, onTake, onSilence, children }: Props): ReactNode {
  const [isTaking, run] = useBusy();
  const newest = newestOf(burst);
  const severity = severityOf(burst);
  const title = ruleNames.get(newest.rule_id) ?? ruleTitle(newest.rule_id);
  const symbols = [...new Set(burst.alerts.map(alert => baseOf(alert.symbol)))];
  const open = burst.alerts.filter(alert => !alert.acknowledged_at);
  const taken = burst.alerts.length - open.length;
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
        <span className="actions">
          {mayAct && open.length > 0 && <button type="button" className="icon-button" aria-label={`Acknowledge ${open.length} alerts of ${title}`} title="Acknowledge all of them" disabled={isTaking} onClick={() => void run(() => onTake(open))}><Icon name="check" size={16} /></button>}
          {mayAct && <button type="button" className="icon-button" aria-label={`Silence alerts of ${title}`} title="Silence this rule" onClick={() => onSilence(newest)}><Icon name="mute" size={16} /></button>}
        </span>
      </div>
      {isOpen && <ol aria-label={`The alerts of ${title}`}>{children}</ol>}
    </li>
  );
}
