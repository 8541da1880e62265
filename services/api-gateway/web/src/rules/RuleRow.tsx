import { useState, type ReactNode } from 'react';
import { useSession } from '../account/session';
import { put, remove } from '../api/http';
import { messageOf } from '../api/problem';
import type { Rule } from '../api/types';
import { Expression } from '../expression/Highlight';
import { useBusy } from '../ui/busy';
import { Confirm } from '../ui/Confirm';
import { Icon } from '../ui/Icon';
import { Badge, SeverityBadge, Switch } from '../ui/parts';
import { Link } from '../ui/router';
import { toast } from '../ui/toast';
import { draftOf, triggerWords } from './draft';

export const nameOf = (rule: Rule): string => rule.name;

export function RuleRow({ rule, most, onChanged }: { rule: Rule; most: number; onChanged: () => void }): ReactNode {
  const { me, may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const [, run] = useBusy();
  const isMine = me.role === 'admin' || (may('trader') && rule.owner === me.subject);
  const fired = rule.fired_24h ?? 0;
  const to = `/rules/${encodeURIComponent(rule.id)}`;

  const attempt = async (action: () => Promise<unknown>): Promise<void> => {
    try { await action(); } catch (e) { toast(messageOf(e), 'error'); }
    onChanged();
  };

  return (
    <tr className={rule.enabled ? '' : 'off'}>
      <td><Switch hidden label={`${nameOf(rule)} is on`} checked={rule.enabled} disabled={!isMine}
        onChange={enabled => void run(() => attempt(() => put(to.replace('/rules', '/api/v1/rules'), { ...draftOf(rule), enabled }, rule.version)))} /></td>
      <td className="rule-cell">
        <div className="rule-name"><Link to={to}><b>{nameOf(rule)}</b></Link><SeverityBadge severity={rule.severity} />{rule.owner === null && <Badge>built in</Badge>}</div>
        {rule.description !== '' && <p className="rule-says">{rule.description}</p>}
        <div className={rule.description === '' ? 'rule-expression' : 'rule-expression one-line'} title={rule.expression}><Expression text={rule.expression.replace(/\s+/g, ' ')} /></div>
        {rule.health?.state === 'faulty' && <p className="field-error">{rule.health.error ?? 'It cannot run.'}</p>}
      </td>
      <td className="wide-only soft trigger-cell">{triggerWords(rule.trigger)}</td>
      <td className="num fired-cell">
        <Link to={`/alerts?rule=${encodeURIComponent(rule.id)}`} title="Its alerts">{fired}</Link>
        <svg width="56" height="3" aria-hidden="true"><rect width={(56 * fired) / most} height="3" rx="1.5" /></svg>
      </td>
      <td>{rule.health?.state === 'faulty' ? <Badge kind="faulty">faulty</Badge> : rule.enabled ? <Badge kind="ok">runs</Badge> : <Badge>off</Badge>}</td>
      <td>
        <div className="actions">
          <Link to={`${to}/replay`} className="icon-button" aria-label={`Replay ${nameOf(rule)}`} title="Replay over the past"><Icon name="history" size={16} /></Link>
          {may('trader') && <Link to={`/rules/new?copy=${encodeURIComponent(rule.id)}`} className="icon-button" aria-label={`Duplicate ${nameOf(rule)}`} title="Duplicate"><Icon name="copy" size={16} /></Link>}
          {isMine && rule.owner !== null && <button type="button" className="icon-button" aria-label={`Delete ${nameOf(rule)}`} title="Delete" onClick={() => setAsking(true)}><Icon name="trash" size={16} /></button>}
        </div>
        {isAsking && <Confirm title="Delete the rule?" action="Delete" onClose={() => setAsking(false)} onConfirm={() => void attempt(() => remove(`/api/v1/rules/${encodeURIComponent(rule.id)}`))}>
          “{nameOf(rule)}” stops firing at once. Its past alerts stay.</Confirm>}
      </td>
    </tr>
  );
}
