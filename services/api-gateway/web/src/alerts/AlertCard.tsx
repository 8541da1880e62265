import { memo, type ReactNode } from 'react';
import type { Alert, Metric } from '../api/types';
import { venue } from '../screener/GridRow';
import { baseOf, quoteOf } from '../screener/quote';
import { ruleTitle } from '../rules/ruleNames';
import { useBusy } from '../ui/busy';
import { priceOf } from '../ui/format';
import { Icon } from '../ui/Icon';
import { Expression } from '../expression/Highlight';
import { Badge, SeverityBadge } from '../ui/parts';
import { instrumentPath, Link } from '../ui/router';
import { ago, clock, dateTime } from '../ui/time';
import { MiniChart } from './MiniChart';
import { explains, reasonsOf } from './reasons';

const shownClosed = 5;

interface Props {
  alert: Alert; catalogue: ReadonlyMap<string, Metric>; ruleNames: ReadonlyMap<string, string>; expression: string | undefined; now: number; isOpen: boolean; isFresh: boolean; mayAct: boolean;
  onToggle: (id: string) => void; onTake: (alert: Alert) => Promise<unknown>; onSilence: (alert: Alert) => void;
}

export const AlertCard = memo(function AlertCard({ alert, catalogue, ruleNames, expression, now, isOpen, isFresh, mayAct, onToggle, onTake, onSilence }: Props): ReactNode {
  const [isTaking, run] = useBusy();
  const reasons = reasonsOf(alert, catalogue);
  const shown = reasons.filter(reason => reason.name !== 'price'); // it stands beside the symbol
  const title = ruleNames.get(alert.rule_id) ?? ruleTitle(alert.rule_id);
  return (
    <li data-alert={alert.id} className={`alert-card ${alert.severity} ${alert.state} ${isFresh ? 'fresh' : ''} ${alert.acknowledged_at ? 'taken' : ''}`}>
      <div className="alert-line">
        <button type="button" className="alert-open" aria-expanded={isOpen} aria-label={`${alert.symbol}, ${title}, ${alert.severity}: details`} onClick={() => onToggle(alert.id)}>
          <Icon name="down" size={14} />
        </button>
        <time dateTime={alert.timestamp} title={dateTime(alert.timestamp)}><b className="num">{clock(alert.timestamp)}</b><small>{ago(alert.timestamp, now)}</small></time>
        <Link to={instrumentPath(alert.exchange, alert.symbol)} className="alert-symbol"><b>{baseOf(alert.symbol)}</b><span className="quote">{quoteOf(alert.symbol)}</span><small>{venue(alert.exchange)}</small></Link>
        <span className="alert-price num">{priceOf(alert.price, alert.exchange, alert.symbol)}</span>
        <span className="alert-rule"><SeverityBadge severity={alert.severity} /><span>{title}</span>{alert.state === 'resolved' && <Badge>ended</Badge>}{alert.late && <Badge kind="warning">late</Badge>}</span>
        <ul className="reasons" aria-label="The numbers that made it fire">
          {!explains(reasons) && expression && <li><Expression text={expression} /></li>}
          {shown.slice(0, shownClosed).map(reason => <li key={reason.name}><span>{reason.title}</span> <b className={reason.tone}>{reason.text}</b></li>)}
          {shown.length > shownClosed && <li className="dim">+{shown.length - shownClosed}</li>}
        </ul>
        <span className="actions">
          {alert.acknowledged_at ? <span className="taken-by" title={`Taken over by ${alert.acknowledged_by ?? 'somebody'}, ${dateTime(alert.acknowledged_at)}`}><Icon name="check" size={13} /><span>{alert.acknowledged_by ?? ''}</span></span>
            : mayAct && alert.state === 'fired' && <button type="button" className="icon-button" aria-label={`Acknowledge ${alert.symbol}`} title={isOpen ? 'Acknowledge (a)' : 'Acknowledge'} disabled={isTaking} onClick={() => void run(() => onTake(alert))}><Icon name="check" size={16} /></button>}
          {mayAct && <button type="button" className="icon-button" aria-label={`Silence alerts like ${alert.symbol}, ${title}`} title="Silence alerts like this" onClick={() => onSilence(alert)}><Icon name="mute" size={16} /></button>}
        </span>
      </div>
      {isOpen && (
        <div className="alert-detail">
          <MiniChart alert={alert} />
          <dl>{reasons.map(reason => <div key={reason.name}><dt><code>{reason.name}</code></dt><dd className={`num ${reason.tone}`}>{reason.text}</dd></div>)}</dl>
          <div className="alert-words">
            <p>{alert.description || 'This rule has no description.'}</p>
            {expression && <p title="The rule as it is now"><Expression text={expression} /></p>}
            <p><Link to={`/rules/${encodeURIComponent(alert.rule_id)}`} className="link">The rule</Link> · <Link to={instrumentPath(alert.exchange, alert.symbol)} className="link">The chart</Link></p>
            <small>{dateTime(alert.timestamp)} · {alert.id}</small>
          </div>
        </div>
      )}
    </li>
  );
});
