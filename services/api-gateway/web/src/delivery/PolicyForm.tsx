import { useState, type ReactNode } from 'react';
import type { Endpoint, Severity } from '../api/types';
import { useBusy } from '../ui/busy';
import { Icon } from '../ui/Icon';

const severities: readonly (Severity | '')[] = ['', 'critical', 'warning', 'info'];
const mostSteps = 6;
const pauseMinutes = 15;
const longest = 10_080;

/** Minutes as they are typed: a field that is emptied stays empty until something else stands in it. */
interface Step { minutes: string; endpoint: string }
export interface NewPolicy { name: string; severity: Severity | null; steps: { after_seconds: number; endpoints: string[] }[] }

const minutesOf = ({ minutes }: Step): number => (/^\d+$/.test(minutes) ? Number(minutes) : NaN);
const first: readonly Step[] = [{ minutes: '0', endpoint: '' }];

/** A new policy: whom to tell at once, and whom when nobody has acknowledged by then. */
export function PolicyForm({ endpoints, onAdd }: { endpoints: readonly Endpoint[]; onAdd: (policy: NewPolicy) => Promise<boolean> }): ReactNode {
  const [severity, setSeverity] = useState<Severity | ''>('');
  const [steps, setSteps] = useState(first);
  const [, run] = useBusy();
  const change = (at: number, part: Partial<Step>): void => setSteps(steps.map((step, i) => (i === at ? { ...step, ...part } : step)));
  const isOrdered = !steps.some((step, i) => i > 0 && minutesOf(step) <= minutesOf(steps[i - 1]!));
  const isWhole = steps.every((step, i) => step.endpoint !== '' && (i === 0 || (minutesOf(step) >= 1 && minutesOf(step) <= longest)));

  const add = async (): Promise<void> => {
    const done = await onAdd({
      name: severity === '' ? 'Every alert' : `Every ${severity} alert`, severity: severity === '' ? null : severity,
      steps: steps.map(step => ({ after_seconds: minutesOf(step) * 60, endpoints: [step.endpoint] })),
    });
    if (done) setSteps(first);
  };

  return (
    <div className="policy-new">
      <select className="select" aria-label="Severity" value={severity} onChange={event => setSeverity(event.target.value as Severity | '')}>
        {severities.map(name => <option key={name} value={name}>{name === '' ? 'Every severity' : name}</option>)}
      </select>
      <ol className="policy-steps" aria-label="Steps">
        {steps.map((step, i) => (
          <li key={i}>
            {i === 0 ? <span>at once to</span> : <>
              <span>after</span>
              <input className="input minutes" type="number" min={1} max={longest} aria-label={`Minutes of step ${i + 1}`} value={step.minutes} onChange={event => change(i, { minutes: event.target.value })} />
              <span>minutes to</span>
            </>}
            <select className="select" aria-label={`Endpoint of step ${i + 1}`} value={step.endpoint} onChange={event => change(i, { endpoint: event.target.value })}>
              <option value="">choose …</option>{endpoints.map(endpoint => <option key={endpoint.id} value={endpoint.id}>{endpoint.name}</option>)}
            </select>
            {i > 0 && <button type="button" className="icon-button" aria-label={`Remove step ${i + 1}`} onClick={() => setSteps(steps.filter((_, at) => at !== i))}><Icon name="close" size={14} /></button>}
          </li>
        ))}
      </ol>
      {!isOrdered && <p className="field-error" role="alert">Each step comes later than the one before it.</p>}
      <div className="policy-actions">
        <button type="button" className="button small ghost" disabled={steps.length >= mostSteps} onClick={() => setSteps([...steps, { minutes: String((minutesOf(steps.at(-1)!) || 0) + pauseMinutes), endpoint: '' }])}><Icon name="plus" size={14} />Step</button>
        <button type="button" className="button small" disabled={!isWhole || !isOrdered} onClick={() => void run(add)}>Add</button>
      </div>
    </div>
  );
}
