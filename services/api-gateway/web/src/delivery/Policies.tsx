import { useState, type ReactNode } from 'react';
import { post, remove } from '../api/http';
import { messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { Endpoint, Policy } from '../api/types';
import { Confirm } from '../ui/Confirm';
import { Icon } from '../ui/Icon';
import { Problem, SeverityBadge } from '../ui/parts';
import { duration } from '../ui/time';
import { toast } from '../ui/toast';
import { PolicyForm } from './PolicyForm';

/** Where alerts go whose rule names no endpoint, step by step until somebody acknowledges. */
export function Policies({ endpoints, mayAct }: { endpoints: readonly Endpoint[]; mayAct: boolean }): ReactNode {
  const { data, error, reload } = useResource<Policy[]>('/api/v1/policies', 30_000);
  const [asking, setAsking] = useState<Policy | null>(null);
  const names = new Map(endpoints.map(e => [e.id, e.name]));
  const attempt = async (action: () => Promise<unknown>): Promise<boolean> => {
    try {
      await action();
      return true;
    } catch (e) {
      toast(messageOf(e), 'error');
      return false;
    } finally {
      reload();
    }
  };

  return (
    <section className="panel" aria-label="Escalation">
      <header><h2>Escalation</h2><span className="dim">for alerts whose rule names no endpoint, until somebody acknowledges</span></header>
      {error && <Problem text={error} retry={reload} />}
      <ul className="policies">
        {(data ?? []).map(policy => (
          <li key={policy.id}>
            {policy.severity ? <SeverityBadge severity={policy.severity} /> : <span className="badge">every</span>}
            <span>{policy.steps.map(step => `${step.after_seconds === 0 ? 'at once' : `after ${duration(step.after_seconds)}`} ${step.endpoints.map(id => names.get(id) ?? id).join(' and ')}`).join(', ')}</span>
            {mayAct && <button type="button" className="icon-button" aria-label={`Delete ${policy.name}`} onClick={() => setAsking(policy)}><Icon name="trash" size={15} /></button>}
          </li>
        ))}
        {data?.length === 0 && <li className="dim">None: such alerts only show on this page.</li>}
      </ul>
      {mayAct && <PolicyForm endpoints={endpoints} onAdd={policy => attempt(() => post('/api/v1/policies', policy))} />}
      {asking && <Confirm title="Delete the escalation?" action="Delete" onClose={() => setAsking(null)} onConfirm={() => void attempt(() => remove(`/api/v1/policies/${encodeURIComponent(asking.id)}`))}>“{asking.name}” does not say any more whom new alerts are sent to.</Confirm>}
    </section>
  );
}
