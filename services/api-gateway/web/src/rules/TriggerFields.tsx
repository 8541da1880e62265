import { useState, type ReactNode } from 'react';
import type { Trigger, TriggerMode } from '../api/types';
import { Field } from '../ui/parts';
import { DurationField } from './DurationField';
import { timeOf, triggerWords } from './draft';
import { localMomentOf, localTimeOf } from './localTime';
import { modes } from './modes';

const bars = ['1m', '5m', '15m', '1h', '4h', '8h', '1d'];

interface Props { trigger: Trigger; errorOf: (name: string) => string | undefined; onChange: (trigger: Trigger) => void }

export function TriggerFields({ trigger, errorOf, onChange }: Props): ReactNode {
  // Only at first: a field that is emptied must not fold away under the cursor.
  const [isOpen] = useState(trigger.hold_seconds + trigger.rearm_seconds + trigger.max_per_hour > 0 || Boolean(trigger.active_from) || Boolean(trigger.expires_at));
  const change = (part: Partial<Trigger>): void => onChange({ ...trigger, ...part });
  const span = (name: 'hold_seconds' | 'cooldown_seconds' | 'rearm_seconds' | 'every_seconds', label: string, hint: string): ReactNode =>
    <DurationField label={label} hint={hint} seconds={trigger[name]} error={errorOf(`trigger.${name}`)} onChange={seconds => change({ [name]: seconds })} />;
  const here = (time: string | null | undefined, otherwise: string): string => { const local = localTimeOf(time, Date.now()); return local ? `${local} where you are; ${otherwise}` : otherwise; };
  const expiry = localMomentOf(trigger.expires_at);
  return (
    <div className="group">
      <div className="form-grid">
        <Field label="Fires" error={errorOf('trigger') ?? errorOf('trigger.mode')}>
          <select value={trigger.mode} onChange={event => change({ mode: event.target.value as TriggerMode })}>{modes.map(([mode, text]) => <option key={mode} value={mode}>{text}</option>)}</select>
        </Field>
        {trigger.mode.startsWith('once_per_bar') && (
          <Field label="Bar" error={errorOf('trigger.bar')}><select value={trigger.bar} onChange={event => change({ bar: event.target.value })}>{bars.map(bar => <option key={bar}>{bar}</option>)}</select></Field>
        )}
        {trigger.mode === 'every' && span('every_seconds', 'Every', 'while it stays true')}
        {span('cooldown_seconds', 'Cooldown', 'between two firings: 90s, 5m, 1h')}
      </div>
      <details className="more-options" open={isOpen}>
        <summary>Schedule and limits<span className="dim"> · fires {triggerWords(trigger)}</span></summary>
        <div className="form-grid">
          {span('hold_seconds', 'Hold', 'it must stay true so long first')}
          {span('rearm_seconds', 'Re-arm', 'it must be false so long in between')}
          <Field label="At most" hint="firings an hour; 0 is no limit" error={errorOf('trigger.max_per_hour')}>
            <input type="number" min={0} step={1} inputMode="numeric" value={trigger.max_per_hour === 0 ? '' : trigger.max_per_hour} placeholder="0" onChange={event => change({ max_per_hour: Math.max(0, Math.floor(Number(event.target.value) || 0)) })} />
          </Field>
          <Field label="From (UTC)" hint={here(trigger.active_from, 'every day')} error={errorOf('trigger.active_from')}><input type="time" value={trigger.active_from?.slice(0, 5) ?? ''} onChange={event => change({ active_from: timeOf(event.target.value) })} /></Field>
          <Field label="Until (UTC)" hint={here(trigger.active_until, 'past midnight if earlier')} error={errorOf('trigger.active_until')}><input type="time" value={trigger.active_until?.slice(0, 5) ?? ''} onChange={event => change({ active_until: timeOf(event.target.value) })} /></Field>
          <Field label="Expires (00:00 UTC)" hint={expiry ? `${expiry} where you are; then it is off` : 'when that day begins; then it is off'} error={errorOf('trigger.expires_at')}>
            <input type="date" value={trigger.expires_at?.slice(0, 10) ?? ''} onChange={event => change({ expires_at: event.target.value === '' ? null : `${event.target.value}T00:00:00Z` })} />
          </Field>
        </div>
      </details>
    </div>
  );
}
