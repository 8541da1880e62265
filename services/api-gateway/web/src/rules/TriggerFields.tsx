import { useState, type ReactNode } from 'react';
import type { Trigger, TriggerMode } from '../api/types';
import { Field } from '../ui/parts';
import { timeOf, triggerWords } from './draft';
import { modes } from './modes';

const bars = ['1m', '5m', '15m', '1h', '4h', '8h', '1d'];

interface Props { trigger: Trigger; errorOf: (name: string) => string | undefined; onChange: (trigger: Trigger) => void }

export function TriggerFields({ trigger, errorOf, onChange }: Props): ReactNode {
  // Only at first: a field that is emptied must not fold away under the cursor.
  const [isOpen] = useState(trigger.hold_seconds + trigger.rearm_seconds + trigger.max_per_hour > 0 || Boolean(trigger.active_from) || Boolean(trigger.expires_at));
  const change = (part: Partial<Trigger>): void => onChange({ ...trigger, ...part });
  const number = (name: 'hold_seconds' | 'cooldown_seconds' | 'rearm_seconds' | 'max_per_hour' | 'every_seconds', label: string, hint: string): ReactNode => (
    <Field label={label} hint={hint} error={errorOf(`trigger.${name}`)}>
      <input type="number" min={0} step={1} inputMode="numeric" value={trigger[name] === 0 ? '' : trigger[name]} placeholder="0" onChange={event => change({ [name]: Math.max(0, Math.floor(Number(event.target.value) || 0)) })} />
    </Field>
  );
  return (
    <div className="group">
      <div className="form-grid">
        <Field label="Fires" error={errorOf('trigger') ?? errorOf('trigger.mode')}>
          <select value={trigger.mode} onChange={event => change({ mode: event.target.value as TriggerMode })}>{modes.map(([mode, text]) => <option key={mode} value={mode}>{text}</option>)}</select>
        </Field>
        {trigger.mode.startsWith('once_per_bar') && (
          <Field label="Bar" error={errorOf('trigger.bar')}><select value={trigger.bar} onChange={event => change({ bar: event.target.value })}>{bars.map(bar => <option key={bar}>{bar}</option>)}</select></Field>
        )}
        {trigger.mode === 'every' && number('every_seconds', 'Every', 'seconds')}
        {number('cooldown_seconds', 'Cooldown', 'seconds between two firings')}
      </div>
      <details className="more-options" open={isOpen}>
        <summary>Schedule and limits<span className="dim"> · fires {triggerWords(trigger)}</span></summary>
        <div className="form-grid">
          {number('hold_seconds', 'Hold', 'seconds it must stay true first')}
          {number('rearm_seconds', 'Re-arm', 'seconds it must be false in between')}
          {number('max_per_hour', 'At most', 'firings an hour; 0 is no limit')}
          <Field label="From (UTC)" hint="only at this time of day" error={errorOf('trigger.active_from')}><input type="time" value={trigger.active_from?.slice(0, 5) ?? ''} onChange={event => change({ active_from: timeOf(event.target.value) })} /></Field>
          <Field label="Until (UTC)" hint="past midnight if earlier" error={errorOf('trigger.active_until')}><input type="time" value={trigger.active_until?.slice(0, 5) ?? ''} onChange={event => change({ active_until: timeOf(event.target.value) })} /></Field>
          <Field label="Expires" hint="then it is off" error={errorOf('trigger.expires_at')}>
            <input type="date" value={trigger.expires_at?.slice(0, 10) ?? ''} onChange={event => change({ expires_at: event.target.value === '' ? null : `${event.target.value}T00:00:00Z` })} />
          </Field>
        </div>
      </details>
    </div>
  );
}
