import { get } from '../api/http';
import { ApiError, messageOf } from '../api/problem';
import type { Me } from '../api/types';
import { Signal, useSignal } from '../ui/signal';
import { token } from './token';

const ranks = { reader: 0, trader: 1, admin: 2 };
const anonymous: Me = { subject: 'anonymous', name: 'Anonymous', role: 'reader', anonymous: true, scopes: [] };
const retryMs = 5_000;
const longestRetryMs = 60_000;

interface State { me: Me; error: string | null; isLoading: boolean }

export interface Session extends State { may: (role: Me['role']) => boolean }

const state = new Signal<State>({ me: anonymous, error: null, isLoading: token.current !== null });
let asking: string | null = null;
let refusals = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Asked once for the whole page, and again when the key changes. */
async function load(): Promise<void> {
  clearTimeout(timer);
  const secret = token.current;
  if (secret === null) return state.set({ me: anonymous, error: null, isLoading: false });
  if (asking === secret) return;
  asking = secret;
  try {
    const me = await get<Me>('/api/v1/me');
    if (token.current !== secret) return;
    refusals = 0;
    state.set({ me, error: null, isLoading: false });
  } catch (e) {
    if (token.current !== secret) return;
    state.set({ me: anonymous, error: messageOf(e), isLoading: false });
    clearTimeout(timer);
    timer = setTimeout(() => void load(), waitAfter(e));
  } finally {
    if (asking === secret) asking = null;
  }
}

/** A wrong key costs its address ten times as much as a right one: who is refused asks ever less often. */
function waitAfter(error: unknown): number {
  const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500;
  refusals = isRefused ? refusals + 1 : 0;
  return Math.min(longestRetryMs, retryMs * 2 ** Math.max(0, refusals - 1));
}

/** Somebody else has heard that the key is not known any more; news only to a session that is not asking again already. */
export function reloadSession(): void {
  if (state.current.error === null) void load();
}

export function startSession(): void {
  token.subscribe(() => {
    refusals = 0;
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
