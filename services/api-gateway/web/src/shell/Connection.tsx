import type { ReactNode } from 'react';
import { socket } from '../live/socket';
import { useSignal } from '../ui/signal';
import { useNow } from '../ui/useNow';

/** Whether what is shown is live, and what happens when it is not. */
export function Connection(): ReactNode {
  const state = useSignal(socket.state);
  const retryAt = useSignal(socket.retryAt);
  const now = useNow(1_000);
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1_000));
  const text = state === 'open' ? 'Live' : state === 'connecting' ? 'Connecting' : 'Polling';
  const title = state === 'open' ? 'The socket is connected; numbers arrive as they change'
    : `No socket: the page asks every two seconds${state === 'down' ? ` and connects again in ${seconds} s` : ''}`;
  return (
    <button type="button" className={`connection ${state}`} title={title} onClick={() => state !== 'open' && socket.reconnect()}>
      <i aria-hidden="true" /><span>{text}</span>
    </button>
  );
}
