import type { ReactNode } from 'react';
import { useSession } from '../account/session';
import { useResource } from '../api/resource';
import type { Endpoint } from '../api/types';
import { Link } from '../ui/router';

/** Where its alerts go, beside this page. */
export function ChannelFields({ chosen, error, onChange }: { chosen: readonly string[]; error: string | undefined; onChange: (chosen: string[]) => void }): ReactNode {
  const { me } = useSession();
  const { data } = useResource<Endpoint[]>(me.anonymous ? null : '/api/v1/endpoints');
  if (me.anonymous) return null;
  const toggle = (id: string): void => onChange(chosen.includes(id) ? chosen.filter(c => c !== id) : [...chosen, id]);
  return (
    <div className="field" role="group" aria-label="Channels">
      <span className="field-label">Send to</span>
      <div className="chips wrap">
        {(data ?? []).map(endpoint => (
          <button key={endpoint.id} type="button" className="chip" aria-pressed={chosen.includes(endpoint.id)} onClick={() => toggle(endpoint.id)}>{endpoint.name}<small>{endpoint.kind}</small></button>
        ))}
        <Link to="/delivery" className="chip quiet">{data?.length === 0 ? 'Add an endpoint' : 'Endpoints …'}</Link>
      </div>
      {error ? <span className="field-error" role="alert">{error}</span> : <span className="field-hint">{chosen.length === 0 ? 'None chosen: your escalation decides (on the page Delivery); this page shows it either way.' : 'This page shows it too.'}</span>}
    </div>
  );
}
