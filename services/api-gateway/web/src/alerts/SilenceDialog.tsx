import { useId, useState, type ReactNode } from 'react';
import { post } from '../api/http';
import { messageOf } from '../api/problem';
import { serverNow } from '../api/serverTime';
import { steadyClock } from '../api/steadyClock';
import type { Alert, Silence } from '../api/types';
import { ruleTitle } from '../rules/ruleNames';
import { useBusy } from '../ui/busy';
import { Dialog } from '../ui/Dialog';
import { Field, Problem, Segments } from '../ui/parts';
import { toast } from '../ui/toast';

const lengths = [['900', '15 min'], ['3600', '1 h'], ['14400', '4 h'], ['86400', '1 day'], ['604800', '1 week']] as const;

/** Which alerts to keep still, beginning with what this one shares with others; of many instruments it is the rule. */
export function SilenceDialog({ alert, isOfRule = false, onClose }: { alert: Alert; isOfRule?: boolean; onClose: () => void }): ReactNode {
  const offered = { rule_id: alert.rule_id, symbol: alert.symbol, exchange: alert.exchange, severity: alert.severity };
  const [chosen, setChosen] = useState<ReadonlySet<keyof typeof offered>>(new Set(isOfRule ? ['rule_id'] as const : ['rule_id', 'symbol'] as const));
  const [seconds, setSeconds] = useState<(typeof lengths)[number][0]>('3600');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isSaving, run] = useBusy();
  const [clock] = useState(() => steadyClock(serverNow)); // by a clock that is wrong it would begin late, or be over
  const form = useId();

  const save = async (): Promise<void> => {
    const matchers = Object.fromEntries([...chosen].map(name => [name, offered[name]]));
    const now = clock();
    try {
      await post<Silence>('/api/v1/silences', { matchers, starts_at: new Date(now).toISOString(), ends_at: new Date(now + Number(seconds) * 1_000).toISOString(), reason: reason.trim() });
      toast('Silenced. Alerts that match are recorded but not sent.');
      onClose();
    } catch (e) {
      setError(messageOf(e));
    }
  };

  const toggle = (name: keyof typeof offered): void => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  const words = { rule_id: `Rule ${ruleTitle(alert.rule_id)}`, symbol: alert.symbol, exchange: `On ${alert.exchange}`, severity: `Severity ${alert.severity}` };

  return (
    <Dialog title="Silence" size="small" onClose={onClose}
      footer={<><button type="button" className="button ghost" onClick={onClose}>Cancel</button>
        <button type="submit" form={form} className="button primary" disabled={chosen.size === 0 || isSaving}>Silence</button></>}>
      <form id={form} className="dialog-form" onSubmit={event => { event.preventDefault(); void run(save); }}>
        {error && <Problem text={error} />}
        <fieldset className="checks"><legend>Alerts that match all of</legend>
          {(Object.keys(offered) as (keyof typeof offered)[]).map(name => (
            <label key={name}><input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />{words[name]}</label>
          ))}
        </fieldset>
        <div className="field"><span className="field-label">For</span><Segments label="For how long" value={seconds} options={lengths} onChange={setSeconds} /></div>
        <Field label="Reason" hint="Seen by everyone who looks at the silences"><input value={reason} maxLength={500} onChange={event => setReason(event.target.value)} /></Field>
      </form>
    </Dialog>
  );
}
