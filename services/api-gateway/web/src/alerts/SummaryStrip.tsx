import type { ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { AlertSummary } from '../api/types';
import { ruleTitle } from '../rules/ruleNames';
import { fixed } from '../ui/format';

const bars = 6;

/** The last day in one look. */
export function SummaryStrip({ ruleNames, onRule }: { ruleNames: ReadonlyMap<string, string>; onRule: (id: string) => void }): ReactNode {
  const { data } = useResource<AlertSummary>('/api/v1/alerts/summary?hours=24', 15_000);
  if (!data) return null;
  const most = Math.max(1, ...data.by_rule.map(rule => rule.count));
  return (
    <section className="summary-strip panel" aria-label="The last 24 hours">
      <dl>
        <div><dt>24 hours</dt><dd>{fixed(data.total, 0)}</dd></div>
        <div><dt>Critical</dt><dd className={data.by_severity.critical ? 'down' : ''}>{fixed(data.by_severity.critical ?? 0, 0)}</dd></div>
        <div><dt>Warning</dt><dd>{fixed(data.by_severity.warning ?? 0, 0)}</dd></div>
        <div title="Rules on instruments whose newest firing has not ended yet, of rules that run and tell an end; those that were taken over are among them"><dt>Not ended</dt><dd>{fixed(data.active, 0)}</dd></div>
        <div><dt>Acknowledged</dt><dd>{fixed(data.acknowledged, 0)}</dd></div>
      </dl>
      <ul className="top-rules" aria-label="What fires most">
        {data.by_rule.slice(0, bars).map(rule => (
          <li key={rule.rule_id}>
            <button type="button" onClick={() => onRule(rule.rule_id)} title="Only these">
              <span>{ruleNames.get(rule.rule_id) ?? ruleTitle(rule.rule_id)}</span><b className="num">{rule.count}</b>
              <svg width="100%" height="3" preserveAspectRatio="none" viewBox="0 0 100 3" aria-hidden="true"><rect width={(100 * rule.count) / most} height="3" rx="1" /></svg>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
