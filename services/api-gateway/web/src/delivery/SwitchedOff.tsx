import type { ReactNode } from 'react';
import { useSession } from '../account/session';
import { useResource } from '../api/resource';
import type { Endpoint } from '../api/types';
import { Icon } from '../ui/Icon';
import { Link } from '../ui/router';
import { dateTime } from '../ui/time';

/** Whoever waits for alerts elsewhere looks here when none come: says which endpoint took nothing any more and was switched off. */
export function SwitchedOff(): ReactNode {
  const { me } = useSession();
  const { data } = useResource<Endpoint[]>(me.anonymous ? null : '/api/v1/endpoints', 30_000);
  // One that was taken out of the configuration is no news: its operator did it.
  const off = (data ?? []).filter(endpoint => endpoint.enabled === false && endpoint.disabled_reason !== 'no longer configured');
  return off.map(endpoint => (
    <p key={endpoint.id} className="switched-off" role="status">
      <Icon name="delivery" size={15} />
      <span><strong>{endpoint.name}</strong> hears of no alerts: it was switched off {dateTime(endpoint.disabled_at)}, {endpoint.disabled_reason}.</span>
      <Link to="/delivery" className="link">Mend it</Link>
    </p>
  ));
}
