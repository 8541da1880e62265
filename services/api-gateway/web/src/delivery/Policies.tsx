import { useState, type ReactNode } from 'react';
import { post, remove } from '../api/http';
import { messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { Endpoint, Policy, Severity } from '../api/types';
import { Icon } from '../ui/Icon';
import { SeverityBadge } from '../ui/parts';
import { duration } from '../ui/time';
import { toast } from '../ui/toast';

const severities: readonly (Severity | '')[] = ['', 'critical', 'warning', 'info'];

/** Where alerts go whose rule names no endpoint, step by step until somebody acknowledges. */
export function Policies({ endpoints, mayAct }: { endpoints: readonly Endpoint[]; mayAct: boolean }): ReactNode {
  const { data, reload } = useResource<Policy[]>('/api/v1/policies', 30_000);
  const [severity, setSeverity] = useState<Severity | ''>('');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [minutes, setMinutes] = useState(15);
  const names = new Map(endpoints.map(e => [e.id, e.name]));
  const attempt = async (action: () => Promise<unknown>): Promise<void> => {
    try { await action(); } catch (e) { toast(messageOf(e), 'error'); }
    reload();
  };
  const add = (): void => void attempt(() => post('/api/v1/policies', {
    name: severity === '' ? 'Every alert' : `Every ${severity} alert`, severity: severity === '' ? null : severity,
    steps: [{ after_seconds: 0, endpoints: [first] }, ...(second === '' ? [] : [{ after_seconds: minutes * 60, endpoints: [second] }])],
  }));
  const choice = (label: string, value: string, change: (id: string) => void, none: string): ReactNode => (
    <select className="select" aria-label={label} value={value} onChange={event => change(event.target.value)}><option value="">{none}</option>{endpoints.map(e => <option key={e.id} value={e.id}>{e.name}</option>)}</select>
  );

  return (
    <section className="panel" aria-label="Escalation">
      <header><h2>Escalation</h2><span className="dim">for alerts whose rule names no endpoint, until somebody acknowledges</span></header>
      <ul className="policies">
        {(data ?? []).map(policy => (
          <li key={policy.id}>
            {policy.severity ? <SeverityBadge severity={policy.severity} /> : <span className="badge">every</span>}
            <span>{policy.steps.map(step => `${step.after_seconds === 0 ? 'at once' : `after ${duration(step.after_seconds)}`} ${step.endpoints.map(id => names.get(id) ?? id).join(' and ')}`).join(', ')}</span>
            {mayAct && <button type="button" className="icon-button" aria-label={`Delete ${policy.name}`} onClick={() => void attempt(() => remove(`/api/v1/policies/${encodeURIComponent(policy.id)}`))}><Icon name="trash" size={15} /></button>}
          </li>
        ))}
        {data?.length === 0 && <li className="dim">None: such alerts only show on this page.</li>}
      </ul>
      {mayAct && (
        <div className="policy-new">
          <select className="select" aria-label="Severity" value={severity} onChange={event => setSeverity(event.target.value as Severity | '')}>{severities.map(s => <option key={s} value={s}>{s === '' ? 'Every severity' : s}</option>)}</select>
          <span>at once to</span>{choice('First endpoint', first, setFirst, 'choose …')}
          <span>and after</span><input className="input minutes" type="number" min={1} max={10_080} aria-label="Minutes" value={minutes} onChange={event => setMinutes(Math.max(1, Number(event.target.value) || 1))} /><span>minutes to</span>{choice('Second endpoint', second, setSecond, 'nobody')}
          <button type="button" className="button small" disabled={first === ''} onClick={add}>Add</button>
        </div>
      )}
    </section>
  );
}
