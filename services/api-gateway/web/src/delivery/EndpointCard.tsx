import { useState, type ReactNode } from 'react';
import { post, put, remove } from '../api/http';
import { messageOf } from '../api/problem';
import type { Endpoint } from '../api/types';
import { useBusy } from '../ui/busy';
import { Confirm } from '../ui/Confirm';
import { fixed } from '../ui/format';
import { Icon } from '../ui/Icon';
import { Badge } from '../ui/parts';
import { dateTime } from '../ui/time';
import { toast } from '../ui/toast';

interface Props { endpoint: Endpoint; mayAct: boolean; isChosen: boolean; onChanged: () => void; onEdit: () => void; onSecret: (secret: string) => void; onChoose: () => void }

export function EndpointCard({ endpoint, mayAct, isChosen, onChanged, onEdit, onSecret, onChoose }: Props): ReactNode {
  const [asking, setAsking] = useState<'delete' | 'rotate' | null>(null);
  const [, run] = useBusy();
  const path = `/api/v1/endpoints/${encodeURIComponent(endpoint.id)}`;

  const attempt = (action: () => Promise<unknown>, done?: string): Promise<void> => run(async () => {
    try {
      await action();
      if (done) toast(done);
    } catch (e) {
      toast(messageOf(e), 'error');
    }
    onChanged();
  });
  // A PUT switches on; what it does not name keeps its address and secret.
  const switchOn = (): Promise<unknown> => put(path, { name: endpoint.name, kind: endpoint.kind, ...(endpoint.options ? { options: endpoint.options } : {}) });
  const isOff = endpoint.enabled === false;
  const rotate = async (): Promise<void> => { onSecret((await post<{ secret: string }>(`${path}/rotate-secret`)).secret); };
  const state = isOff ? <span title={endpoint.disabled_reason ?? ''}><Badge kind="failed">switched off</Badge></span>
    : endpoint.paused ? <Badge kind="paused">paused</Badge> : endpoint.failing_since ? <Badge kind="warning">failing</Badge> : <Badge kind="ok">active</Badge>;

  return (
    <li className={`panel endpoint-card ${isChosen ? 'chosen-card' : ''}`}>
      <div className="endpoint-head"><h2>{endpoint.name}</h2><Badge>{endpoint.kind}</Badge><span className="spacer" />{state}</div>
      <code className="target" title={endpoint.target}>{endpoint.target}</code>
      {isOff && endpoint.disabled_reason && <p className="field-error">{endpoint.disabled_at ? `Since ${dateTime(endpoint.disabled_at)}: ` : ''}{endpoint.disabled_reason}</p>}
      <dl className="endpoint-counts">
        <div><dt>Waiting</dt><dd>{fixed(endpoint.pending, 0)}</dd></div>
        <div><dt>Given up</dt><dd className={endpoint.dead > 0 ? 'down' : ''}>{fixed(endpoint.dead, 0)}
          {mayAct && endpoint.dead > 0 && !isOff && <button type="button" className="link" onClick={() => void attempt(() => post(`${path}/replay`, { state: 'dead' }), 'What was given up is sent again.')}>Send again</button>}</dd></div>
        <div><dt><span className="sr-only">Log</span></dt><dd><button type="button" className="link" aria-pressed={isChosen} onClick={onChoose}>{isChosen ? 'Show all' : 'Show log'}</button></dd></div>
      </dl>
      {mayAct && (
        <div className="endpoint-actions">
          {isOff && <button type="button" className="button small primary" onClick={() => void attempt(switchOn, 'It is switched on again.')}><Icon name="play" size={14} />Switch on</button>}
          {!isOff && <button type="button" className="button small" onClick={() => void attempt(() => post(`${path}/test`), 'A test alert is on its way.')}><Icon name="delivery" size={14} />Test</button>}
          {!isOff && <button type="button" className="button small" onClick={() => void attempt(() => post(`${path}/${endpoint.paused ? 'resume' : 'pause'}`))}>
            <Icon name={endpoint.paused ? 'play' : 'pause'} size={14} />{endpoint.paused ? 'Resume' : 'Pause'}</button>}
          <span className="card-tools">
            {endpoint.kind === 'webhook' && <button type="button" className="icon-button" aria-label={`New secret for ${endpoint.name}`} title="New secret" onClick={() => setAsking('rotate')}><Icon name="key" size={16} /></button>}
            <button type="button" className="icon-button" aria-label={`Change ${endpoint.name}`} title="Change" onClick={onEdit}><Icon name="edit" size={16} /></button>
            <button type="button" className="icon-button" aria-label={`Delete ${endpoint.name}`} title="Delete" onClick={() => setAsking('delete')}><Icon name="trash" size={16} /></button>
          </span>
        </div>
      )}
      {asking === 'delete' && <Confirm title="Delete the endpoint?" action="Delete" onClose={() => setAsking(null)} onConfirm={() => void attempt(() => remove(path))}>“{endpoint.name}” hears of nothing any more; what waits for it is dropped with its log.</Confirm>}
      {asking === 'rotate' && <Confirm title="Make a new secret?" action="Make it" onClose={() => setAsking(null)} onConfirm={() => void attempt(rotate)}>Messages carry the signatures of both the new and the present secret until the next change, so the receiver can be switched over in peace.</Confirm>}
    </li>
  );
}
