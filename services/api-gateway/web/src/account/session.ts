import { useResource } from '../api/resource';
import type { Me } from '../api/types';

const ranks = { reader: 0, trader: 1, admin: 2 };
const anonymous: Me = { subject: 'anonymous', name: 'Anonymous', role: 'reader', anonymous: true, scopes: [] };

export interface Session { me: Me; error: string | null; isLoading: boolean; may: (role: Me['role']) => boolean; reload: () => void }

/** Who the gateway says we are; what a role may not do is not offered. */
export function useSession(): Session {
  const { data, error, isLoading, reload } = useResource<Me>('/api/v1/me');
  const me = data ?? anonymous;
  return { me, error, isLoading, reload, may: role => ranks[me.role] >= ranks[role] };
}
