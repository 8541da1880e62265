import { useState, type FormEvent, type ReactNode } from 'react';
import { post, remove } from '../api/http';
import { messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import { serverNow } from '../api/serverTime';
import { steadyClock } from '../api/steadyClock';
import type { ApiKey, Me } from '../api/types';
import { SecretDialog } from '../delivery/SecretDialog';
import { useBusy } from '../ui/busy';
import { Confirm } from '../ui/Confirm';
import { Icon } from '../ui/Icon';
import { Badge, Empty, Problem, TableBox } from '../ui/parts';
import { useSignal } from '../ui/signal';
import { dateTime } from '../ui/time';
import { toast } from '../ui/toast';
import { token } from './token';
import '../styles/delivery.css';

const roles: readonly Me['role'][] = ['reader', 'trader', 'admin'];
const lives = [['30', '30 days'], ['90', '90 days'], ['365', 'a year'], ['', 'never expires']] as const;

export function ApiKeys({ me }: { me: Me }): ReactNode {
  const { data, error, reload } = useResource<ApiKey[]>('/api/v1/api-keys');
  const secret = useSignal(token);
  const [name, setName] = useState('');
  // The least at first: what may more and longer is a choice, not an oversight.
  const [role, setRole] = useState<Me['role']>('reader');
  const [days, setDays] = useState('90');
  const [made, setMade] = useState<ApiKey | null>(null);
  const [asking, setAsking] = useState<ApiKey | null>(null);
  const [isMaking, run] = useBusy();
  const [clock] = useState(() => steadyClock(serverNow));

  const add = async (): Promise<void> => {
    try {
      setMade(await post<ApiKey>('/api/v1/api-keys', { name: name.trim(), role, ...(days === '' ? {} : { expires_at: new Date(clock() + Number(days) * 86_400_000).toISOString() }) }));
      setName('');
      reload();
    } catch (e) {
      toast(messageOf(e), 'error');
    }
  };
  const revoke = async (key: ApiKey): Promise<void> => {
    try { await remove(`/api/v1/api-keys/${encodeURIComponent(key.id)}`); } catch (e) { toast(messageOf(e), 'error'); }
    reload();
  };

  return (
    <section className="panel" aria-label="API keys">
      <header><h2>API keys</h2><span className="spacer" />
        {me.role !== 'reader' && (
          <form className="key-form" onSubmit={(event: FormEvent) => { event.preventDefault(); void run(add); }}>
            <input className="input" aria-label="Name of the new key" placeholder="Name of a new key" value={name} maxLength={100} onChange={event => setName(event.target.value)} />
            <select className="select" aria-label="Role" value={role} onChange={event => setRole(event.target.value as Me['role'])}>{roles.slice(0, roles.indexOf(me.role) + 1).map(r => <option key={r}>{r}</option>)}</select>
            <select className="select" aria-label="Lifetime" value={days} onChange={event => setDays(event.target.value)}>{lives.map(([value, text]) => <option key={value} value={value}>{text}</option>)}</select>
            <button type="submit" className="button small" disabled={name.trim() === '' || isMaking}>Make</button>
          </form>
        )}
      </header>
      {error && <Problem text={error} retry={reload} />}
      {data?.length === 0 && <Empty icon="key" title="No keys" />}
      {data && data.length > 0 && (
        <TableBox label="Keys">
          <table className="table dense stacked">
            <thead><tr><th>Name</th><th className="wide-only">Begins with</th><th>Role</th><th className="wide-only">Made</th><th>Last used</th><th>Expires</th><th><span className="sr-only">Actions</span></th></tr></thead>
            <tbody>
              {data.map(key => (
                <tr key={key.id}>
                  <td><b>{key.name}</b> {secret?.startsWith(key.prefix) && <Badge kind="info">in use here</Badge>}</td><td className="wide-only"><code>{key.prefix}…</code></td><td className="stacked-top"><Badge>{key.role}</Badge></td><td className="wide-only moment">{dateTime(key.created_at)}</td>
                  <td className="moment" data-label="Last used">{key.last_used_at ? dateTime(key.last_used_at) : 'never'}</td><td className="moment" data-label="Expires">{key.expires_at ? dateTime(key.expires_at) : 'never'}</td>
                  <td className="actions"><button type="button" className="icon-button" aria-label={`Revoke ${key.name}`} title="Revoke" onClick={() => setAsking(key)}><Icon name="trash" size={15} /></button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
      {made?.key && <SecretDialog name={made.name} secret={made.key} what="The key" onClose={() => setMade(null)} />}
      {asking && <Confirm title="Revoke the key?" action="Revoke" onClose={() => setAsking(null)} onConfirm={() => void revoke(asking)}>{secret?.startsWith(asking.prefix) ? 'It is the key of this browser: you are signed out at once.' : <>Whoever uses “{asking.name}” is refused at once.</>}</Confirm>}
    </section>
  );
}
