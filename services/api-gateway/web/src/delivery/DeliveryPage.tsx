import { useState, type ReactNode } from 'react';
import { useSession } from '../account/session';
import { useResource } from '../api/resource';
import type { Endpoint } from '../api/types';
import { Icon } from '../ui/Icon';
import { Empty, Problem, Skeleton } from '../ui/parts';
import { Link } from '../ui/router';
import { DeliveryLog } from './DeliveryLog';
import { EndpointCard } from './EndpointCard';
import { EndpointDialog } from './EndpointDialog';
import { Policies } from './Policies';
import { SecretDialog } from './SecretDialog';
import '../styles/delivery.css';

export default function DeliveryPage(): ReactNode {
  const { me, may, isLoading } = useSession();
  const { data, error, reload } = useResource<Endpoint[]>(me.anonymous ? null : '/api/v1/endpoints', 5_000);
  const [editing, setEditing] = useState<Endpoint | 'new' | null>(null);
  const [secret, setSecret] = useState<{ of: string; text: string } | null>(null);
  const [chosen, setChosen] = useState('');

  if (me.anonymous && !isLoading) {
    return (
      <div className="page"><div className="page-head"><h1>Delivery</h1></div>
        <Empty icon="delivery" title="Alerts, where you are">Webhooks, Discord, Slack, Telegram, PagerDuty and e-mail belong to an account. <Link to="/account" className="link">Sign in</Link> to add yours.</Empty>
      </div>
    );
  }
  return (
    <div className="page delivery-page">
      <div className="page-head">
        <h1>Delivery</h1><span className="spacer" />
        {may('trader') && <button type="button" className="button primary" onClick={() => setEditing('new')}><Icon name="plus" size={15} />New endpoint</button>}
      </div>
      {error && <Problem text={error} retry={reload} />}
      {!data && !error && <Skeleton lines={4} />}
      {data?.length === 0 && <div className="panel"><Empty icon="delivery" title="No endpoints yet">An endpoint is an address that hears of alerts: a webhook of your own, a Discord or Slack channel, a Telegram chat, PagerDuty, e-mail.
        {may('trader') && <span className="empty-action"><button type="button" className="button primary" onClick={() => setEditing('new')}><Icon name="plus" size={15} />Add the first endpoint</button></span>}</Empty></div>}
      {data && data.length > 0 && (
        <ul className="endpoint-cards" aria-label="Endpoints">
          {data.map(endpoint => (
            <EndpointCard key={endpoint.id} endpoint={endpoint} mayAct={may('trader')} isChosen={chosen === endpoint.id} onChanged={reload} onEdit={() => setEditing(endpoint)}
              onSecret={text => setSecret({ of: endpoint.name, text })} onChoose={() => setChosen(chosen === endpoint.id ? '' : endpoint.id)} />
          ))}
        </ul>
      )}
      <DeliveryLog endpoints={data ?? []} endpoint={chosen} onEndpoint={setChosen} mayAct={may('trader')} />
      {data && data.length > 0 && <Policies endpoints={data} mayAct={may('trader')} />}
      {editing && <EndpointDialog endpoint={editing === 'new' ? null : editing} onClose={() => setEditing(null)}
        onSaved={made => { reload(); if (made.secret) setSecret({ of: made.name, text: made.secret }); }} />}
      {secret && <SecretDialog name={secret.of} secret={secret.text} what="The signing secret" onClose={() => setSecret(null)} />}
    </div>
  );
}
