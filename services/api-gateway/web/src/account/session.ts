import { get } from '../api/http';
import { messageOf } from '../api/problem';
import type { Me } from '../api/types';
import { Signal, useSignal } from '../ui/signal';
import { token } from './token';

const ranks = { reader: 0, trader: 1, admin: 2 };
const anonymous: Me = { subject: 'anonymous', name: 'Anonymous', role: 'reader', anonymous: true, scopes: [] };
const retryMs = 5_000;

interface State { me: Me; error: string | null; isLoading: boolean }

export interface Session extends State { may: (role: Me['role']) => boolean }

const state = new Signal<State>({ me: anonymous, error: null, isLoading: token.current !== null });

/** Asked once for the whole page, and again when the key changes. */
async function load(): Promise<void> {
  const secret = token.current;
  if (secret === null) return state.set({ me: anonymous, error: null, isLoading: false });
  try {
    const me = await get<Me>('/api/v1/me');
    if (token.current === secret) state.set({ me, error: null, isLoading: false });
  } catch (e) {
    if (token.current !== secret) return;
    state.set({ me: anonymous, error: messageOf(e), isLoading: false });
    setTimeout(() => { if (token.current === secret && state.current.error) void load(); }, retryMs);
  }
}

/** Somebody else has heard that the key is not known any more. */
export const reloadSession = (): void => void load();

export function startSession(): void {
  token.subscribe(() => {
    if (token.current === null) state.set({ me: anonymous, error: null, isLoading: false }); // at once: nothing of the account is asked for any more
    else state.set({ ...state.current, isLoading: true });
    void load();
  });
  void load();
}

/** Who the gateway says we are; what a role may not do is not offered. */
export function useSession(): Session {
  const session = useSignal(state);
  return { ...session, may: role => ranks[session.me.role] >= ranks[role] };
}
