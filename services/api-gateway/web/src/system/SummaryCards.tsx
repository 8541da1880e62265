import type { ReactNode } from 'react';
import type { ExecutiveSummary, Finding } from '../api/types';
import { compact, fixed, none } from '../ui/format';
import { Badge } from '../ui/parts';
import { duration } from '../ui/time';

const findingsAtMost = 4;
const number = (value: number | null): string => (value === null || value === undefined ? none : value >= 100_000 ? compact(value) : fixed(value, 0));

export function SummaryCards({ summary, findings }: { summary: ExecutiveSummary; findings: readonly Finding[] | null }): ReactNode {
  const isEarly = summary.objectives.every(objective => !objective.judged);
  return (
    <section className="summary-cards" aria-label="In short">
      <div className="panel health-card">
        <Dial score={summary.health_score} status={summary.status} />
        <div><h2>Health</h2><p className={`status ${summary.status}`}>{summary.status}</p>
          {findings?.length === 0 && <small>{isEarly ? 'Nothing to report; too early to judge the objectives' : 'Nothing to report'}</small>}
          {findings && findings.length > 0 && (
            <ul>{findings.slice(0, findingsAtMost).map(finding => <li key={finding.message}><Badge kind={finding.severity}>{finding.severity}</Badge><small>{finding.message}</small></li>)}
              {findings.length > findingsAtMost && <li><small>and {findings.length - findingsAtMost} more</small></li>}</ul>
          )}
        </div>
      </div>
      <dl className="panel figures">
        <div><dt>Instruments current</dt><dd>{number(summary.instruments_current)}<small> of {number(summary.instruments)}</small></dd></div>
        <div><dt>Exchanges live</dt><dd>{summary.exchanges_connected}<small> of {summary.exchanges}</small></dd></div>
        <div><dt>Alerts, last hour</dt><dd>{number(summary.alerts_last_hour)}</dd></div>
        <div><dt>Deliveries, last hour</dt><dd>{number(summary.deliveries_last_hour)}</dd></div>
        <div><dt>API calls, last hour</dt><dd>{number(summary.api_calls_last_hour)}</dd></div>
        <div><dt>Open sockets</dt><dd>{number(summary.sockets)}</dd></div>
        {summary.active_users !== undefined && <div><dt>Active users, last hour</dt><dd>{number(summary.active_users)}<small> of {number(summary.active_users_24h ?? null)} today</small></dd></div>}
        {summary.mean_seconds_to_acknowledge !== undefined && <div><dt>Time to acknowledge</dt><dd>{duration(summary.mean_seconds_to_acknowledge)}</dd></div>}
        {summary.cost_per_month !== undefined && <div><dt>Cost per month</dt><dd>{number(summary.cost_per_month)}<small> {summary.currency}</small></dd></div>}
      </dl>
    </section>
  );
}

function Dial({ score, status }: { score: number; status: string }): ReactNode {
  const around = 2 * Math.PI * 34;
  return (
    <svg className={`dial ${status}`} viewBox="0 0 84 84" width="84" height="84" role="img" aria-label={`Health score ${score} of 100`}>
      <circle cx="42" cy="42" r="34" className="dial-ground" /><circle cx="42" cy="42" r="34" className="dial-part" strokeDasharray={`${(around * score) / 100} ${around}`} transform="rotate(-90 42 42)" />
      <text x="42" y="49" textAnchor="middle">{score}</text>
    </svg>
  );
}
