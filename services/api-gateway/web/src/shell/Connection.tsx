import type { ReactNode } from 'react';
import { isReached } from '../api/reach';
import { socket } from '../live/socket';
import { useSignal } from '../ui/signal';
import { useNow } from '../ui/useNow';

/** Whether what is shown is live, and what happens when it is not. */
export function Connection(): ReactNode {
  const state = useSignal(socket.state);
  const retryAt = useSignal(socket.retryAt);
  const hasAnswer = useSignal(isReached);
  const now = useNow(1_000);
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1_000));
  const text = state === 'open' ? 'Live' : !hasAnswer ? 'No answer' : state === 'connecting' ? 'Connecting' : 'Polling';
  const title = state === 'open' ? 'The socket is connected; numbers arrive as they change'
    : `${hasAnswer ? 'No socket: the page asks every two seconds' : 'The gateway does not answer: what is shown is old. The page keeps asking'}${state === 'down' ? ` and connects again in ${seconds} s` : ''}`;
  return (
    <button type="button" className={`connection ${state === 'open' || hasAnswer ? state : 'lost'}`} title={title} onClick={() => state !== 'open' && socket.reconnect()}>
      <i aria-hidden="true" /><span>{text}</span>
    </button>
  );
}
